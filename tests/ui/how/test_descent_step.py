"""What stands below the landscapes of the step "Gradient descent"."""

from urllib.parse import parse_qs


def test_the_network_can_be_trained_with_three_learning_rates(open_page):
    page = open_page()
    assert not page.exception
    assert any("109,386 directions instead of two" in text.value for text in page.markdown)
    links = [link.proto.query_string for link in page.get("page_link")]
    chosen = [parse_qs(query) for query in links if "optimizer" in query]
    assert chosen == [
        {"optimizer": ["sgd"], "learning_rate": [rate]} for rate in ("0.001", "0.1", "2")
    ]
