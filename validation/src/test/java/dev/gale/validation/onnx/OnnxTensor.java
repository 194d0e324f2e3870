package dev.gale.validation.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A tensor of a vector: fp32 as it is, booleans as 0 and 1, integers as fp32.
 *
 * @param name its name in the model
 * @param type its element type
 * @param dims its dimensions
 * @param values its elements, row-major
 */
record OnnxTensor(String name, DataType type, List<Integer> dims, FloatArray values) {

  static OnnxTensor read(Path file) {
    try {
      TensorProto proto = TensorProto.parseFrom(Files.readAllBytes(file));
      List<Integer> dims = proto.getDimsList().stream().map(Math::toIntExact).toList();
      DataType type = DataType.forNumber(proto.getDataType());
      ByteBuffer raw = proto.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
      return new OnnxTensor(proto.getName(), type, dims, values(type, dims, raw));
    } catch (IOException failure) {
      throw new UncheckedIOException(file.toString(), failure);
    }
  }

  int dim(int axis) {
    return dims.get(axis < 0 ? dims.size() + axis : axis);
  }

  float get(int... index) {
    int at = 0;
    for (int d = 0; d < index.length; d++) {
      at = at * dims.get(d) + index[d];
    }
    return values.get(at);
  }

  private static FloatArray values(DataType type, List<Integer> dims, ByteBuffer raw) {
    int elements = dims.stream().reduce(1, Math::multiplyExact);
    FloatArray values = new FloatArray(elements);
    for (int i = 0; i < elements; i++) {
      values.set(
          i,
          switch (type) {
            case FLOAT -> raw.getFloat(i * Float.BYTES);
            case BOOL -> raw.get(i);
            case INT64 -> raw.getLong(i * Long.BYTES);
            case FLOAT16 -> Float.float16ToFloat(raw.getShort(i * Short.BYTES));
            default -> throw new IllegalArgumentException("element type " + type);
          });
    }
    return values;
  }
}
