package dev.gale.host.access;

import java.util.Arrays;

/**
 * Local variables and operand stack while a method is followed: for each slot, which parameters its value may lead to.
 *
 * <p>Longs and doubles take two slots, as in the class file, so that the stack instructions need no special cases.
 */
final class Frame {

  /** Marks the object under construction in a constructor: storing into it leaks nothing. */
  static final long SELF = 1L << 63;

  private static final int TRACKED = 62;

  private final long[] locals;
  private final long[] stack;
  private int depth;

  Frame(int maxLocals, int maxStack) {
    locals = new long[maxLocals];
    stack = new long[maxStack];
  }

  private Frame(Frame other) {
    locals = other.locals.clone();
    stack = other.stack.clone();
    depth = other.depth;
  }

  /** The mask of one parameter; parameters past the 61st share a bit. */
  static long bit(int parameter) {
    return 1L << Math.min(parameter, TRACKED - 1);
  }

  Frame copy() {
    return new Frame(this);
  }

  long local(int slot) {
    return locals[slot];
  }

  void setLocal(int slot, long mask) {
    locals[slot] = mask;
  }

  void push(long mask) {
    stack[depth++] = mask;
  }

  void pushNothing(int slots) {
    for (int i = 0; i < slots; i++) {
      push(0);
    }
  }

  long pop() {
    return stack[--depth];
  }

  /** Takes slots off and tells which parameters any of them leads to. */
  long pop(int slots) {
    long mask = 0;
    for (int i = 0; i < slots; i++) {
      mask |= pop();
    }
    return mask;
  }

  /** Adds to what the topmost slot leads to. */
  void mergeIntoTop(long mask) {
    if (depth > 0) {
      stack[depth - 1] |= mask;
    }
  }

  /** What an exception handler starts with: the locals, and one object on the stack. */
  Frame atHandler() {
    Frame handler = copy();
    handler.depth = 0;
    handler.push(0);
    return handler;
  }

  /** Takes in what else can come here; tells whether that was new. */
  boolean merge(Frame other) {
    boolean changed = merge(locals, other.locals);
    if (depth != other.depth) {
      throw new IllegalStateException("stacks of different depth meet");
    }
    return merge(stack, other.stack) | changed;
  }

  private static boolean merge(long[] mine, long[] others) {
    long[] before = mine.clone();
    for (int i = 0; i < mine.length; i++) {
      mine[i] |= others[i];
    }
    return !Arrays.equals(before, mine);
  }

  // The stack instructions, by slots.

  /** Copies the top {@code count} slots and puts the copy {@code below} slots further down. */
  void duplicate(int count, int below) {
    int from = depth - count;
    long[] top = Arrays.copyOfRange(stack, from, depth);
    int to = from - below;
    System.arraycopy(stack, to, stack, to + count, below + count);
    System.arraycopy(top, 0, stack, to, count);
    depth += count;
  }

  void swap() {
    long top = pop();
    long second = pop();
    push(top);
    push(second);
  }
}
