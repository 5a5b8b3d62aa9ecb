// Say what the mouse is over in a line above the plot; beside the mouse it would cover neighbours.
export function sayAside(chart) {
  const { element } = chart;
  if (chart.aside) return element.appendChild(chart.aside); // where Plotly has drawn over it
  chart.aside = document.createElement("div");
  chart.aside.className = "live-chart-aside";
  chart.aside.setAttribute("aria-hidden", "true"); // the picture has a name of its own
  element.appendChild(chart.aside);
  element.on("plotly_hover", ({ points: [{ data, pointNumber }] }) => {
    const text = data.hovertext?.[pointNumber[0]]?.[pointNumber[1]];
    if (typeof text !== "string") return; // something that lies over the heatmap
    const plot = element.querySelector(".nsewdrag").getBoundingClientRect();
    const outer = element.getBoundingClientRect();
    chart.aside.style.left = `${plot.left - outer.left}px`;
    chart.aside.style.bottom = `${outer.bottom - plot.top}px`;
    const parsed = new DOMParser().parseFromString(text.replace("<br>", ": "), "text/html");
    chart.aside.textContent = parsed.body.textContent;
  });
  element.on("plotly_unhover", () => (chart.aside.textContent = ""));
}
