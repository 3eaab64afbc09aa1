package dev.thalweg.cli.input;

/** An input file is not what it must be as a whole; says in one line what is wrong. */
public final class InputException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  InputException(String message) {
    super(message);
  }
}
