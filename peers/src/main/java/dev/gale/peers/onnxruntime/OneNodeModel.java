package dev.gale.peers.onnxruntime;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.LinkedHashMap;
import java.util.Map;

/** An ONNX model of one node over tensors of floats with fixed shapes, put together input by input. */
final class OneNodeModel {

  static final String OUTPUT = "output";

  /** The IR version of ONNX 1.18, which brought operator set 23. */
  private static final int IR_VERSION = 11;

  /** The first operator set with Attention. */
  private static final int OPERATOR_SET = 23;

  private static final String MICROSOFT = "com.microsoft";

  private final NodeProto.Builder node = NodeProto.newBuilder();
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("one-node");
  private final Map<String, long[]> inputs = new LinkedHashMap<>();
  private long[] outputShape = {};

  private OneNodeModel(String operator, String domain) {
    node.setOpType(operator).setDomain(domain).addOutput(OUTPUT);
  }

  /** An operator of ONNX itself. */
  static OneNodeModel of(String operator) {
    return new OneNodeModel(operator, "");
  }

  /** An operator that ONNX Runtime adds. */
  static OneNodeModel ofMicrosoft(String operator) {
    return new OneNodeModel(operator, MICROSOFT);
  }

  OneNodeModel input(String name, long... shape) {
    node.addInput(name);
    graph.addInput(tensor(name, shape));
    inputs.put(name, shape);
    return this;
  }

  OneNodeModel output(long... shape) {
    graph.addOutput(tensor(OUTPUT, shape));
    outputShape = shape;
    return this;
  }

  OneNodeModel attribute(String name, long value) {
    node.addAttribute(
        AttributeProto.newBuilder()
            .setName(name)
            .setType(AttributeProto.AttributeType.INT)
            .setI(value));
    return this;
  }

  OneNodeModel attribute(String name, float value) {
    node.addAttribute(
        AttributeProto.newBuilder()
            .setName(name)
            .setType(AttributeProto.AttributeType.FLOAT)
            .setF(value));
    return this;
  }

  /** Shapes of the inputs, by name and in order. */
  Map<String, long[]> inputs() {
    return inputs;
  }

  long[] outputShape() {
    return outputShape;
  }

  byte[] bytes() {
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET))
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(MICROSOFT).setVersion(1))
        .setGraph(graph.clone().addNode(node))
        .build()
        .toByteArray();
  }

  private static ValueInfoProto tensor(String name, long[] shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    for (long dimension : shape) {
      dimensions.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(dimension));
    }
    TypeProto.Tensor.Builder type =
        TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT_VALUE)
            .setShape(dimensions);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(type))
        .build();
  }
}
