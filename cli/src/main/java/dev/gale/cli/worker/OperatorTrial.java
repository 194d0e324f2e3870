package dev.gale.cli.worker;

import dev.gale.cli.work.JobResult;
import dev.gale.validation.harness.Trial;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A trial and why its variant was run.
 *
 * @param trial the operator's trial
 * @param reason why the variant
 * @param weights the trial of the attention probabilities, or null
 */
record OperatorTrial(Trial trial, String reason, @Nullable Trial weights) {

  Map<String, FloatArray> outputs() {
    Map<String, FloatArray> outputs = new LinkedHashMap<>(trial.outputs());
    if (weights != null) {
      outputs.put("weights", weights.outputs().get("probabilities"));
    }
    return outputs;
  }

  JobResult result(Map<String, float[]> small) {
    return new JobResult(
        trial.device().info(),
        trial.variant(),
        reason,
        trial.shape(),
        trial.verdict(),
        weights == null ? null : weights.verdict(),
        trial.runs(),
        trial.cost(),
        System.getProperty("tornado.recover.bailout", "not set"),
        small);
  }
}
