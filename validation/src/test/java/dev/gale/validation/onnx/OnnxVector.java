package dev.gale.validation.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One test vector: a node with its attributes, its inputs and what its outputs must be.
 *
 * @param name of its folder
 * @param operator of its node
 * @param attributes numbers only
 * @param inputs by the node's position; null where one is left out
 * @param outputs by the node's position; null where one is left out
 */
record OnnxVector(
    String name,
    String operator,
    Map<String, Double> attributes,
    List<@Nullable OnnxTensor> inputs,
    List<@Nullable OnnxTensor> outputs) {

  /** All vectors of a folder, by name. */
  static List<OnnxVector> all(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> Files.exists(entry.resolve("model.onnx")))
          .sorted()
          .map(OnnxVector::read)
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(folder.toString(), failure);
    }
  }

  boolean has(String attribute) {
    return attributes.containsKey(attribute);
  }

  double attribute(String attribute, double otherwise) {
    return attributes.getOrDefault(attribute, otherwise);
  }

  /** An input that may be left out. */
  @Nullable OnnxTensor optional(int position) {
    return position < inputs.size() ? inputs.get(position) : null;
  }

  OnnxTensor input(int position) {
    return present(optional(position), "input " + position);
  }

  OnnxTensor output() {
    return present(outputs.getFirst(), "output 0");
  }

  private OnnxTensor present(@Nullable OnnxTensor tensor, String what) {
    if (tensor == null) {
      throw new IllegalArgumentException(name + ": " + what + " is missing");
    }
    return tensor;
  }

  private static OnnxVector read(Path folder) {
    try {
      NodeProto node =
          ModelProto.parseFrom(Files.readAllBytes(folder.resolve("model.onnx")))
              .getGraph()
              .getNode(0);
      Map<String, Double> attributes = new HashMap<>();
      for (AttributeProto attribute : node.getAttributeList()) {
        double value =
            attribute.getType() == AttributeType.FLOAT ? attribute.getF() : attribute.getI();
        attributes.put(attribute.getName(), value);
      }
      return new OnnxVector(
          folder.getFileName().toString(),
          node.getOpType(),
          attributes,
          tensors(folder, "input", node.getInputList()),
          tensors(folder, "output", node.getOutputList()));
    } catch (IOException failure) {
      throw new UncheckedIOException(folder.toString(), failure);
    }
  }

  /** Files are numbered without those that are left out, whose name is empty. */
  private static List<@Nullable OnnxTensor> tensors(Path folder, String kind, List<String> names) {
    List<@Nullable OnnxTensor> tensors = new ArrayList<>();
    int file = 0;
    for (String name : names) {
      tensors.add(
          name.isEmpty()
              ? null
              : OnnxTensor.read(
                  folder.resolve("test_data_set_0").resolve(kind + "_" + file++ + ".pb")));
    }
    return tensors;
  }
}
