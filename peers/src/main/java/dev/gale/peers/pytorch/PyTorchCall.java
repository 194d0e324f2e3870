package dev.gale.peers.pytorch;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import dev.gale.benchmarks.peer.PeerCall;
import dev.gale.peers.NativeFloats;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** A script over tensors in memory that Java allocated. Its result is kept until the next one. */
final class PyTorchCall implements PeerCall {

  private final PtNDManager manager;
  private final List<IValue> arguments = new ArrayList<>();
  private final List<String> parameters = new ArrayList<>();
  private @Nullable PtSymbolBlock module;
  private @Nullable IValue result;

  PyTorchCall(PtNDManager manager) {
    this.manager = manager;
  }

  /** One more tensor, which the script knows by that name. */
  PyTorchCall tensor(String name, NativeFloats floats, long... shape) {
    arguments.add(value(floats, shape));
    parameters.add(name);
    return this;
  }

  /** The script: an expression over the tensors. */
  PyTorchCall script(String expression) throws IOException {
    module = JniUtils.loadModule(manager, TorchScript.module(parameters, expression), false, false);
    return this;
  }

  private IValue value(NativeFloats floats, long... shape) {
    PtNDArray array =
        JniUtils.createNdFromByteBuffer(
            manager,
            floats.bytes(),
            new Shape(shape),
            DataType.FLOAT32,
            SparseFormat.DENSE,
            Device.cpu());
    return IValue.from(array);
  }

  private PtSymbolBlock module() {
    if (module == null) {
      throw new IllegalStateException("no script");
    }
    return module;
  }

  @Override
  public void run() {
    forget();
    result = IValueUtils.runMethod(module(), "forward", arguments.toArray(IValue[]::new));
  }

  private void forget() {
    if (result != null) {
      result.close();
      result = null;
    }
  }

  @Override
  public void read(FloatArray output) {
    if (result == null) {
      throw new IllegalStateException("not run");
    }
    try (PtNDArray tensor = result.toTensor(manager)) {
      NativeFloats copy = NativeFloats.zeros(output.getSize());
      IValueUtils.runMethod(
              module(), "copy", IValue.from(tensor), value(copy, tensor.getShape().getShape()))
          .close();
      copy.read(output);
    }
  }

  @Override
  public void close() {
    forget();
    arguments.forEach(IValue::close);
    module().close();
  }
}
