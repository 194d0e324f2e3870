package dev.gale.validation.faults;

import dev.gale.tasks.device.Device;
import dev.gale.tasks.plan.Cost;
import dev.gale.tasks.plan.Operator;
import dev.gale.tasks.plan.Plan;
import dev.gale.tasks.plan.RunReport;

/**
 * Runs a variant of the probabilities.
 *
 * @param variant by name
 * @param plan closed with the operator
 */
record ProbabilitiesOperator(String variant, Plan plan) implements Operator {

  @Override
  public String name() {
    return "probabilities";
  }

  @Override
  public Device device() {
    return plan.device();
  }

  @Override
  public Cost cost() {
    return new Cost(0, 0);
  }

  @Override
  public RunReport run() {
    return plan.run();
  }

  @Override
  public RunReport runProfiled() {
    return plan.runProfiled();
  }

  @Override
  public void fetch() {
    plan.fetch();
  }

  @Override
  public void close() {
    plan.close();
  }
}
