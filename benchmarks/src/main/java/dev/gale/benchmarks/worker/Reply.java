package dev.gale.benchmarks.worker;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.gale.benchmarks.contestant.Opened;
import dev.gale.benchmarks.race.Judgement;

/** What a worker answers: one JSON object a line in a file, one line for each command and one in the beginning. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "reply")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Reply.Started.class, name = "started"),
  @JsonSubTypes.Type(value = Reply.Open.class, name = "open"),
  @JsonSubTypes.Type(value = Reply.Judged.class, name = "judged"),
  @JsonSubTypes.Type(value = Reply.Warmed.class, name = "warmed"),
  @JsonSubTypes.Type(value = Reply.Sampled.class, name = "sampled"),
  @JsonSubTypes.Type(value = Reply.Absent.class, name = "absent"),
  @JsonSubTypes.Type(value = Reply.Failed.class, name = "failed")
})
public sealed interface Reply {

  /** The process runs. */
  record Started() implements Reply {}

  /** The first call is done. */
  record Open(Opened opened) implements Reply {}

  /** A judgement. */
  record Judged(Judgement judgement) implements Reply {}

  /** What a call takes in the end, ns. */
  record Warmed(double nanosPerCall) implements Reply {}

  /** A sample. */
  record Sampled(dev.gale.benchmarks.contestant.Sample sample) implements Reply {}

  /** It takes no part. */
  record Absent(String reason) implements Reply {}

  /** It failed. */
  record Failed(String message) implements Reply {}
}
