package dev.thalweg.schemas.lint;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What kind of personal data a field holds; written in lower case. */
public enum PersonalClass {
  /** A person's name, or the name of an account. */
  NAME,
  /** An e-mail address. */
  EMAIL,
  /** A telephone number. */
  PHONE,
  /** A postal address or a part of it. */
  ADDRESS,
  /** An address in a network. */
  IP_ADDRESS,
  /** When someone was born. */
  BIRTH_DATE,
  /** A number that a state gave a person: social security, tax, identity card, driving licence. */
  NATIONAL_ID,
  /** A passport's number. */
  PASSPORT,
  /** An IBAN or account number. */
  BANK_ACCOUNT,
  /** A payment card's number or code. */
  CARD_NUMBER,
  /** Where someone is, as coordinates. */
  LOCATION,
  /** What tells one device from all others. */
  DEVICE_ID,
  /** Health, religion, origin and the like. */
  SENSITIVE,
  /** Anything else about a person. */
  OTHER,
  /** No personal data, though the name looks like it. */
  NONE;

  /** The class of that name; empty if there is none. */
  static Optional<PersonalClass> named(String name) {
    return Stream.of(values()).filter(known -> known.toString().equals(name)).findFirst();
  }

  /** As contracts write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
