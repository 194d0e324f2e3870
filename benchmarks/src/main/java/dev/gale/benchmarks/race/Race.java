package dev.gale.benchmarks.race;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Contestants that compute the same work in turns. Each is opened and judged, then warmed up; then come the rounds, in
 * each of which every contestant gives one sample, forwards and backwards by turns. So whatever slows the machine for a
 * while slows all of them. In the end each is judged again. One that fails or computes wrongly ends, the others go on.
 */
public final class Race {

  private final List<Lane> lanes = new ArrayList<>();
  private final RaceSettings settings;
  private final Consumer<String> progress;

  /**
   * @param runners the contestants; the race ends them
   * @param progress told what is done
   */
  public Race(Map<Entrant, Runner> runners, RaceSettings settings, Consumer<String> progress) {
    runners.forEach((entrant, runner) -> lanes.add(new Lane(entrant, runner, settings)));
    this.settings = settings;
    this.progress = progress;
  }

  /** Runs it. */
  public Map<Entrant, Outcome> run() throws InterruptedException {
    for (Lane lane : lanes) {
      say(lane, "first call");
      lane.open();
    }
    for (Lane lane : lanes) {
      say(lane, "validating");
      lane.judge(true);
    }
    for (Lane lane : lanes) {
      say(lane, "warming up");
      lane.warm();
    }
    for (int round = 1; round <= settings.rounds(); round++) {
      progress.accept("round " + round + " of " + settings.rounds());
      for (Lane lane : round % 2 == 1 ? lanes : lanes.reversed()) {
        if (lane.running()) {
          Thread.sleep(Math.round(1e3 * settings.pauseSeconds()));
          lane.sample();
        }
      }
    }
    Map<Entrant, Outcome> outcomes = new LinkedHashMap<>();
    for (Lane lane : lanes) {
      say(lane, "validating again");
      lane.judge(false);
      outcomes.put(lane.entrant(), lane.finish());
    }
    return outcomes;
  }

  private void say(Lane lane, String what) {
    if (lane.running()) {
      progress.accept(what + ": " + lane.entrant().label());
    }
  }
}
