"""The network as an estimator of scikit-learn's, which is imported here and nowhere else in nn/."""

from nn.sklearn.classifier import MLPClassifier as MLPClassifier
