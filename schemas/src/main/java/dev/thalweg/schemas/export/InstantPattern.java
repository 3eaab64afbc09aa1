package dev.thalweg.schemas.export;

/**
 * The texts that are an event time, as a regular expression that JavaScript and Java read alike: a
 * day of the calendar from year 0 to 9999, a time, and Z or an offset.
 */
final class InstantPattern {
  private static final String LONG_MONTHS = "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])";
  private static final String SHORT_MONTHS = "(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)";
  private static final String FEBRUARY = "02-(?:0[1-9]|1[0-9]|2[0-8])";
  private static final String LEAP_YEAR =
      "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)";

  private static final String DATE =
      "(?:[0-9]{4}-(?:"
          + LONG_MONTHS
          + "|"
          + SHORT_MONTHS
          + "|"
          + FEBRUARY
          + ")|"
          + LEAP_YEAR
          + "-02-29)";
  private static final String SIXTY = ":[0-5][0-9]";
  private static final String TIME =
      "(?:[01][0-9]|2[0-3])" + SIXTY + "(?:" + SIXTY + "(?:\\.[0-9]{0,9})?)?";
  private static final String OFFSET =
      "(?:[Zz]|[+-](?:(?:0[0-9]|1[0-7])(?:" + SIXTY + "(?:" + SIXTY + ")?)?|18(?::00(?::00)?)?))";

  static final String ECMA = "^" + DATE + "[Tt]" + TIME + OFFSET + "$";

  private InstantPattern() {}
}
