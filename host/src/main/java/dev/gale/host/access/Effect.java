package dev.gale.host.access;

/**
 * What a method does with the objects its parameters refer to: sets of parameters as bit masks, the receiver first.
 *
 * <p>"Parameter" means the object and everything that can be reached from it, such as an array's memory segment.
 *
 * @param reads the parameters whose data is read
 * @param writes the parameters whose data is written
 * @param returns the parameters the result may lead to
 */
public record Effect(long reads, long writes, long returns) {

  /** Nothing is read or written. */
  static final Effect NONE = new Effect(0, 0, 0);

  /** What must be assumed of a method that can not be looked into. */
  public static final Effect ANYTHING = new Effect(-1, -1, -1);

  Effect and(Effect other) {
    return new Effect(reads | other.reads, writes | other.writes, returns | other.returns);
  }

  /** Whether the data of a parameter is read. */
  public boolean reads(int parameter) {
    return (reads & Frame.bit(parameter)) != 0;
  }

  /** Whether the data of a parameter is written. */
  public boolean writes(int parameter) {
    return (writes & Frame.bit(parameter)) != 0;
  }
}
