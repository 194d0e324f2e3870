package dev.gale.validation.harness;

import dev.gale.tasks.device.Device;
import dev.gale.tasks.plan.Cost;
import dev.gale.tasks.plan.RunReport;
import java.util.List;
import java.util.Map;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * One case run on one device by one variant, judged.
 *
 * @param operator {@code matmul}, {@code softmax}, {@code attention}, ...
 * @param device where it ran
 * @param variant how
 * @param shape dimension names and sizes, in the order in which they are written
 * @param verdict whether every element of every output of every run is right
 * @param runs the reports of the runs, the first with compilation
 * @param cost the work of one run
 * @param outputs the outputs of the last run, by name, as long as the shape says
 */
public record Trial(
    String operator,
    Device device,
    String variant,
    Map<String, Object> shape,
    Verdict verdict,
    List<RunReport> runs,
    Cost cost,
    Map<String, FloatArray> outputs) {}
