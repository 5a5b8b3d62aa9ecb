"""A network as ONNX: "image" becomes "probabilities", for any number of images at once.

Of the operators' set 13, of 2020, so that older readers know it too.
"""

from typing import TYPE_CHECKING, Any

import numpy as np

from nn.averaging import moves, turned_sources
from nn.export.plan import INK, Array, Plan
from nn.export.steps import Step
from nn.layers.gelu import CUBIC, SQRT_2_OVER_PI

if TYPE_CHECKING:
    from onnx import NodeProto, TensorProto

OPERATORS = 13
"""The version of the set of operators."""
IR_VERSION = 7
"""Of the file, as old as these."""
SINGLE = {"ReLU": "Relu", "Tanh": "Tanh", "Sigmoid": "Sigmoid"}
"""Layers that are one operator without settings."""


def onnx_file(plan: Plan) -> bytes:
    """The file's content, checked by ONNX itself.

    Raises ValueError for a layer of an unknown kind; ImportError if onnx isn't installed.
    """
    import onnx
    from onnx import helper

    graph = Graph()
    outputs = _probabilities(graph, plan)
    nodes = [*graph.nodes, helper.make_node("Identity", [outputs], ["probabilities"])]
    batch = "batch"
    body = helper.make_graph(
        nodes,
        "network",
        [helper.make_tensor_value_info("image", onnx.TensorProto.FLOAT, [batch, *plan.shape])],
        [
            helper.make_tensor_value_info(
                "probabilities", onnx.TensorProto.FLOAT, [batch, len(plan.labels)]
            )
        ],
        graph.constants,
    )
    model = helper.make_model(
        body,
        producer_name="scratch-nn",
        producer_version=plan.about["version"].split()[-1],
        doc_string=f"image: pixels {INK}. probabilities: of the labels in the metadata.",
        opset_imports=[helper.make_opsetid("", OPERATORS)],
        ir_version=IR_VERSION,
    )
    labels = {f"label_{index}": label for index, label in enumerate(plan.labels)}
    helper.set_model_props(model, plan.about | {"pixels": INK} | labels)
    onnx.checker.check_model(model)
    content: bytes = model.SerializeToString()
    return content


class Graph:
    """The operators so far, and the arrays that they need."""

    def __init__(self) -> None:
        self.nodes: list[NodeProto] = []
        self.constants: list[TensorProto] = []

    def add(self, operator: str, *inputs: str | Array | float, **attributes: Any) -> str:
        """One more operator; returns what its output is called. Arrays and numbers among its
        inputs become constants."""
        from onnx import helper

        names = [each if isinstance(each, str) else self.constant(each) for each in inputs]
        output = f"values_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, names, [output], **attributes))
        return output

    def constant(self, values: Array | float, name: str = "") -> str:
        """An array, float32 unless it holds whole numbers; returns what it is called."""
        from onnx import numpy_helper

        array = np.asarray(values)
        if array.dtype != np.int64:
            array = array.astype(np.float32)
        name = name or f"constant_{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def reshape(self, values: str, *shape: int) -> str:
        """The values in another shape, in which -1 is what is left."""
        return self.add("Reshape", values, np.array(shape, np.int64))


def _probabilities(graph: Graph, plan: Plan) -> str:
    copies = _copies(graph, plan)
    x = graph.add("Sub", graph.reshape(copies, -1, plan.values), plan.mean)
    x = graph.add("Div", x, plan.std)
    x = _forward(graph, plan, plan.steps, x)
    if plan.averaging:
        x = graph.reshape(x, plan.averaging.copies, -1, len(plan.labels))
        x = graph.add("ReduceMean", x, axes=[0], keepdims=0)
    return graph.add("Softmax", graph.add("Div", x, plan.temperature), axis=1)


def _copies(graph: Graph, plan: Plan) -> str:
    """The copies (copies, n, side, side), as one array (copies · n, side, side), of "image"."""
    if not plan.averaging:
        return "image"
    side, shift = plan.shape[0], plan.averaging.shift
    angles = ["image"]
    if plan.averaging.rotation:
        degrees = -plan.averaging.rotation, plan.averaging.rotation
        angles += [_turned(graph, side, angle) for angle in degrees]
    copies = []
    for angle in angles:
        copies.append(angle)
        pads = np.array([0, shift, shift] * 2, np.int64)
        wide = graph.add("Pad", angle, pads) if shift else angle
        axes = np.array([1, 2], np.int64)
        for down, right in moves(shift):
            starts = np.array([shift - down, shift - right], np.int64)
            copies.append(graph.add("Slice", wide, starts, starts + side, axes))
    return graph.add("Concat", *copies, axis=0)


def _turned(graph: Graph, side: int, degrees: float) -> str:
    """The image turned, each pixel from four of its pixels, see `nn.averaging.turned`."""
    flat = graph.reshape("image", -1, side * side)
    parts = [
        graph.add("Mul", graph.add("Gather", flat, pixels.astype(np.int64), axis=1), weights)
        for pixels, weights in zip(*turned_sources(side, degrees), strict=True)
    ]
    return graph.reshape(graph.add("Sum", *parts), -1, side, side)


def _forward(graph: Graph, plan: Plan, steps: list[Step], x: str) -> str:
    for step in steps:
        x = _step(graph, plan, step, x)
    return x


def _step(graph: Graph, plan: Plan, step: Step, x: str) -> str:
    """The operators of one step; returns what its output is called."""

    def tensor(name: str) -> str:
        name = f"{step.place}.{name}"
        return graph.constant(plan.tensors[name], name)

    layer: Any = step.layer
    match step.kind:
        case "Linear":
            return graph.add("Gemm", x, tensor("weight"), tensor("bias"), transB=1)
        case "Conv2d":
            return graph.add("Conv", x, tensor("weight"), tensor("bias"))
        case "MaxPool2d":
            return graph.add("MaxPool", x, kernel_shape=[2, 2], strides=[2, 2])
        case "BatchNorm":
            names = ("weight", "bias", "running_mean", "running_var")
            return graph.add("BatchNormalization", x, *map(tensor, names), epsilon=layer.eps)
        case "Flatten":
            return graph.reshape(x, -1, *step.shape)
        case "Row":
            turned = graph.add("Transpose", x, perm=[0, 2, 3, 1])
            return graph.reshape(turned, -1, *step.shape)
        case "Image":
            channels, side = step.shape
            images = graph.reshape(x, -1, side, side, channels)
            return graph.add("Transpose", images, perm=[0, 3, 1, 2])
        case "Branches":
            return graph.add("Sum", *(_forward(graph, plan, row, x) for row in step.rows))
        case "Dropout":
            return x
        case "LeakyReLU":
            return graph.add("LeakyRelu", x, alpha=layer.negative_slope)
        case "GELU":
            return _gelu(graph, x)
        case kind if kind in SINGLE:
            return graph.add(SINGLE[kind], x)
    raise ValueError(f"a layer of {step.kind} can't be written as ONNX")


def _gelu(graph: Graph, x: str) -> str:
    """x (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2; as an operator it came with a later set."""
    cubic = graph.add("Add", graph.add("Mul", graph.add("Mul", x, x), CUBIC), 1.0)
    t = graph.add("Tanh", graph.add("Mul", graph.add("Mul", cubic, x), SQRT_2_OVER_PI))
    return graph.add("Mul", graph.add("Mul", graph.add("Add", t, 1.0), x), 0.5)
