package dev.gale.peers.opencl;

import dev.gale.peers.NativeFloats;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_command_queue;
import org.jocl.cl_context;
import org.jocl.cl_context_properties;
import org.jocl.cl_device_id;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;
import org.jocl.cl_platform_id;
import org.jocl.cl_program;
import org.jocl.cl_queue_properties;

/** A processor as an OpenCL device, with a queue that runs what it is given one after the other. */
final class OpenCl {

  /** PoCL passes Clang -ffp-contract=off; this is OpenCL C's own word for what -cl-mad-enable asks for. */
  private static final String FUSE = "#pragma OPENCL FP_CONTRACT ON\n";

  /** One run of a kernel that has its arguments. */
  record Launch(cl_kernel kernel, List<Long> globalSize) {}

  private final cl_device_id device;
  private final cl_context context;
  private final cl_command_queue queue;

  private OpenCl(cl_platform_id platform, cl_device_id device) {
    this.device = device;
    cl_context_properties properties = new cl_context_properties();
    properties.addProperty(CL.CL_CONTEXT_PLATFORM, platform);
    context = CL.clCreateContext(properties, 1, new cl_device_id[] {device}, null, null, null);
    queue = CL.clCreateCommandQueueWithProperties(context, device, new cl_queue_properties(), null);
  }

  /**
   * The first processor.
   *
   * @throws LinkageError if there is no OpenCL, or no processor among its devices
   */
  static OpenCl load() {
    CL.setExceptionsEnabled(false);
    int[] count = new int[1];
    CL.clGetPlatformIDs(0, null, count);
    cl_platform_id[] platforms = new cl_platform_id[count[0]];
    CL.clGetPlatformIDs(platforms.length, platforms, null);
    for (cl_platform_id platform : platforms) {
      cl_device_id[] devices = new cl_device_id[1];
      int status = CL.clGetDeviceIDs(platform, CL.CL_DEVICE_TYPE_CPU, 1, devices, null);
      if (status == CL.CL_SUCCESS) {
        CL.setExceptionsEnabled(true);
        return new OpenCl(platform, devices[0]);
      }
    }
    throw new UnsatisfiedLinkError("no processor among the devices of OpenCL");
  }

  /** The device's name and its driver's version. */
  String name() {
    return text(CL.CL_DEVICE_NAME) + ", driver " + text(CL.CL_DRIVER_VERSION);
  }

  private String text(int property) {
    long[] size = new long[1];
    CL.clGetDeviceInfo(device, property, 0, null, size);
    byte[] bytes = new byte[Math.toIntExact(size[0])];
    CL.clGetDeviceInfo(device, property, bytes.length, Pointer.to(bytes), null);
    return new String(bytes, 0, bytes.length - 1, StandardCharsets.UTF_8);
  }

  int computeUnits() {
    int[] units = new int[1];
    CL.clGetDeviceInfo(
        device, CL.CL_DEVICE_MAX_COMPUTE_UNITS, Sizeof.cl_int, Pointer.to(units), null);
    return units[0];
  }

  /** What {@code POCL_MAX_PTHREAD_COUNT} and its like came to. */
  String threads() {
    return "compute units: " + computeUnits() + " (of PoCL by POCL_MAX_PTHREAD_COUNT)";
  }

  /** Bytes of local memory. */
  long localMemory() {
    long[] bytes = new long[1];
    CL.clGetDeviceInfo(
        device, CL.CL_DEVICE_LOCAL_MEM_SIZE, Sizeof.cl_ulong, Pointer.to(bytes), null);
    return bytes[0];
  }

  cl_command_queue queue() {
    return queue;
  }

  /** A buffer with a copy. */
  cl_mem buffer(NativeFloats floats) {
    return CL.clCreateBuffer(
        context,
        CL.CL_MEM_READ_ONLY | CL.CL_MEM_COPY_HOST_PTR,
        floats.segment().byteSize(),
        Pointer.to(floats.bytes()),
        null);
  }

  /** A buffer for results. */
  cl_mem buffer(long elements) {
    return CL.clCreateBuffer(context, CL.CL_MEM_READ_WRITE, Float.BYTES * elements, null, null);
  }

  /** Copies a buffer's beginning out. */
  void read(cl_mem buffer, NativeFloats destination) {
    CL.clEnqueueReadBuffer(
        queue,
        buffer,
        true,
        0,
        destination.segment().byteSize(),
        Pointer.to(destination.bytes()),
        0,
        null,
        null);
  }

  /**
   * Compiles sources of this package, as one, with products and sums fused.
   *
   * @param options as {@code -DN=64}
   */
  cl_program program(String options, String... sources) throws IOException {
    List<String> texts = new ArrayList<>(List.of(FUSE));
    for (String source : sources) {
      try (InputStream in = OpenCl.class.getResourceAsStream(source)) {
        if (in == null) {
          throw new IOException("no " + source);
        }
        texts.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    cl_program program =
        CL.clCreateProgramWithSource(
            context, texts.size(), texts.toArray(String[]::new), null, null);
    CL.clBuildProgram(program, 1, new cl_device_id[] {device}, options, null, null);
    return program;
  }

  /**
   * A kernel with its arguments, to be run over single work items.
   *
   * @param globalSize work items, by dimension
   */
  Launch launch(cl_program program, String kernel, List<cl_mem> arguments, long... globalSize) {
    cl_kernel made = CL.clCreateKernel(program, kernel, null);
    for (int i = 0; i < arguments.size(); i++) {
      CL.clSetKernelArg(made, i, Sizeof.cl_mem, Pointer.to(arguments.get(i)));
    }
    return new Launch(made, Arrays.stream(globalSize).boxed().toList());
  }

  /** Runs kernels one after the other, to the end. */
  void run(List<Launch> launches) {
    for (Launch launch : launches) {
      long[] size = launch.globalSize().stream().mapToLong(Long::longValue).toArray();
      long[] one = new long[size.length];
      Arrays.fill(one, 1);
      CL.clEnqueueNDRangeKernel(
          queue, launch.kernel(), size.length, null, size, one, 0, null, null);
    }
    CL.clFinish(queue);
  }
}
