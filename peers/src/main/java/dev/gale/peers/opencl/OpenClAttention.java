package dev.gale.peers.opencl;

import dev.gale.benchmarks.peer.PeerCall;
import dev.gale.peers.NativeFloats;
import dev.gale.tasks.attention.AttentionShape;
import dev.gale.validation.cases.AttentionCase;
import java.io.IOException;
import java.util.List;
import org.jocl.cl_mem;
import org.jocl.cl_program;

/** Attention by the kernels of attention.cl, and by those of decode.cl where a head has one query. */
final class OpenClAttention {

  private static final String EXP = "exp.cl";

  private static final int LANES = 16;

  /** Queries of a work item: their output stays in the nearest cache, beside a tile. */
  private static final int BLOCK = 32;

  /** Vectors of scores: 4 rows of as many are 16 registers. */
  private static final int TILE_VECTORS = 4;

  private final OpenCl device;
  private final AttentionCase input;
  private final AttentionShape shape;
  private final int kvHeads;

  private OpenClAttention(OpenCl device, AttentionCase input) {
    this.device = device;
    this.input = input;
    shape = input.shape();
    kvHeads = shape.batchSize() * shape.numKvHeads();
  }

  static PeerCall of(OpenCl device, AttentionCase input) throws IOException {
    OpenClAttention attention = new OpenClAttention(device, input);
    return input.shape().seqLenQ() == 1 ? attention.decode() : attention.prefill();
  }

  private PeerCall prefill() throws IOException {
    int dimVectors = Math.ceilDiv(shape.headDimV(), LANES);
    int tile = LANES * TILE_VECTORS;
    int tiles = Math.ceilDiv(shape.seqLenK(), tile);
    cl_program program =
        device.program(
            common()
                + " -DSEQ_Q=%d -DCAUSAL=%d -DBLOCK=%d -DTILE_VECTORS=%d -DCHUNK=%d"
                    .formatted(
                        shape.seqLenQ(),
                        input.options().causal() ? 1 : 0,
                        BLOCK,
                        TILE_VECTORS,
                        chunk(dimVectors)),
            EXP,
            "attention.cl");
    cl_mem packedKeys = device.buffer((long) kvHeads * tiles * tile * shape.headDim());
    cl_mem packedValues = device.buffer((long) kvHeads * tiles * tile * dimVectors * LANES);
    cl_mem output = device.buffer(shape.outputElements());
    OpenCl.Launch pack =
        device.launch(
            program,
            "pack",
            List.of(
                device.buffer(NativeFloats.of(input.keys())),
                device.buffer(NativeFloats.of(input.values())),
                packedKeys,
                packedValues),
            tiles,
            kvHeads);
    OpenCl.Launch attend =
        device.launch(
            program,
            "attend",
            List.of(
                device.buffer(NativeFloats.of(input.queries())), packedKeys, packedValues, output),
            shape.heads(),
            Math.ceilDiv(shape.seqLenQ(), BLOCK));
    return new OpenClCall(device, List.of(pack, attend), output);
  }

  /** Vectors of an output row that are summed at a time: a divisor of all of them. */
  private static int chunk(int dimVectors) {
    if (dimVectors % 4 == 0) {
      return 4;
    }
    return dimVectors % 2 == 0 ? 2 : 1;
  }

  private PeerCall decode() throws IOException {
    // Every compute unit has a part of the keys, whatever the number of heads.
    int splits =
        Math.min(shape.seqLenK(), kvHeads % device.computeUnits() == 0 ? 1 : device.computeUnits());
    cl_program program = device.program(common() + " -DSPLITS=" + splits, EXP, "decode.cl");
    cl_mem parts = device.buffer((long) shape.heads() * splits * (2 + shape.headDimV()));
    cl_mem output = device.buffer(shape.outputElements());
    OpenCl.Launch decode =
        device.launch(
            program,
            "decode",
            List.of(
                device.buffer(NativeFloats.of(input.queries())),
                device.buffer(NativeFloats.of(input.keys())),
                device.buffer(NativeFloats.of(input.values())),
                parts),
            kvHeads,
            splits);
    OpenCl.Launch combine =
        device.launch(program, "combine", List.of(parts, output), kvHeads, shape.groupSize());
    return new OpenClCall(device, List.of(decode, combine), output);
  }

  private String common() {
    return "-DGROUP=%d -DSEQ_K=%d -DDIM=%d -DDIM_V=%d -DSCALE=%sf"
        .formatted(
            shape.groupSize(),
            shape.seqLenK(),
            shape.headDim(),
            shape.headDimV(),
            input.options().scale());
  }
}
