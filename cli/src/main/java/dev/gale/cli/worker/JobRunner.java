package dev.gale.cli.worker;

import dev.gale.cli.common.FileFailure;
import dev.gale.cli.npy.NpyOutput;
import dev.gale.cli.picture.WeightsPicture;
import dev.gale.cli.work.AttentionWorkload;
import dev.gale.cli.work.Job;
import dev.gale.cli.work.JobResult;
import dev.gale.cli.work.MatmulWorkload;
import dev.gale.cli.work.MultiHeadWorkload;
import dev.gale.cli.work.OutputFile;
import dev.gale.cli.work.SoftmaxWorkload;
import dev.gale.tasks.device.Device;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Runs a job: reads or generates the input, has the harness run and judge it, writes the outputs. */
final class JobRunner {

  /** Outputs of at most so many elements are reported in full. */
  private static final int SMALL_ELEMENTS = 16;

  private final Device device;
  private final Job job;
  private final JobProgress progress;

  JobRunner(Device device, Job job, JobProgress progress) {
    this.device = device;
    this.job = job;
    this.progress = progress;
  }

  JobResult run() throws Exception {
    progress.busy("reading the input and computing the reference");
    OperatorTrial trial =
        switch (job.workload()) {
          case AttentionWorkload attention -> AttentionRunner.run(device, job, attention, progress);
          case MatmulWorkload matmul -> MatmulRunner.run(device, job, matmul, progress);
          case MultiHeadWorkload layer -> MultiHeadRunner.run(device, job, layer, progress);
          case SoftmaxWorkload softmax -> SoftmaxRunner.run(device, job, softmax, progress);
        };
    JobResult result = trial.result(small(trial.outputs()));
    if (result.passed()) {
      progress.busy("writing");
      for (OutputFile file : job.outputs()) {
        write(file, trial.outputs());
      }
    }
    return result;
  }

  private void write(OutputFile file, Map<String, FloatArray> outputs) {
    FloatArray array = outputs.get(file.name());
    if (array == null) {
      throw new IllegalStateException("no output named " + file.name());
    }
    try {
      if (file.isPicture()) {
        WeightsPicture.write(file.part(), array, file.shape());
      } else {
        NpyOutput.write(file.part(), array, file.shape());
      }
    } catch (IOException failure) {
      // The device has done its work: it is the request that names a file which can't be.
      throw FileFailure.notWritten(file.label(), failure);
    }
  }

  private static Map<String, float[]> small(Map<String, FloatArray> outputs) {
    Map<String, float[]> small = new LinkedHashMap<>();
    outputs.forEach(
        (name, array) -> {
          if (array.getSize() <= SMALL_ELEMENTS) {
            small.put(name, array.toHeapArray());
          }
        });
    return small;
  }
}
