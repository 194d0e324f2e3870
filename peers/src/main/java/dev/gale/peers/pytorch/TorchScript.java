package dev.gale.peers.pytorch;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript module in the form that {@code torch.jit.save} writes: a zip archive of uncompressed entries with the
 * code of its class, and the module itself pickled. This one has no state: {@code forward} is a function of tensors.
 */
final class TorchScript {

  /** Of the archive; PyTorch refuses ones that it does not know. */
  private static final String FORMAT_VERSION = "10\n";

  /** Pickle, protocol 2: an object of __torch__.Call, made of no arguments, whose state is {training: False}. */
  private static final String MODULE =
      "\u0080\u0002c__torch__\nCall\n)\u0081}(X\u0008\0\0\0training\u0089ub.";

  /** Pickle, protocol 2: an empty tuple. */
  private static final String NO_CONSTANTS = "\u0080\u0002).";

  private TorchScript() {}

  /**
   * A module.
   *
   * @param parameters names of the tensors that forward takes
   * @param expression of the tensor that it returns
   */
  static InputStream module(List<String> parameters, String expression) {
    String code =
        """
        class Call(Module):
          __parameters__ = []
          __buffers__ = []
          training : bool
          def forward(self: __torch__.Call, %s) -> Tensor:
            return %s
          def copy(self: __torch__.Call, source: Tensor, target: Tensor) -> Tensor:
            return torch.copy_(target, source)
        """
            .formatted(
                String.join(", ", parameters.stream().map(name -> name + ": Tensor").toList()),
                expression);
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(archive)) {
      store(zip, "call/data.pkl", MODULE);
      store(zip, "call/code/__torch__.py", code);
      store(zip, "call/constants.pkl", NO_CONSTANTS);
      store(zip, "call/version", FORMAT_VERSION);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return new ByteArrayInputStream(archive.toByteArray());
  }

  private static void store(ZipOutputStream zip, String name, String content) throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
    CRC32 checksum = new CRC32();
    checksum.update(bytes);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(checksum.getValue());
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }
}
