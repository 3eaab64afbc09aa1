package dev.thalweg.schemas.lint;

import dev.thalweg.schemas.FieldType;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells by a field's name whether it sounds like personal data. Whole words count, so that {@code
 * ip} is not found in {@code shipping}; of word groups all words, one after the other.
 */
final class PersonalNames {
  private static final Map<PersonalClass, List<String>> WORDS = new LinkedHashMap<>();

  static {
    WORDS.put(PersonalClass.EMAIL, List.of("email", "emails", "e_mail", "mail_address"));
    WORDS.put(
        PersonalClass.IP_ADDRESS,
        List.of("ip", "ips", "ipv4", "ipv6", "ip_address", "remote_addr", "remote_host"));
    WORDS.put(
        PersonalClass.PHONE,
        List.of(
            "phone",
            "phones",
            "telephone",
            "cellphone",
            "msisdn",
            "fax",
            "mobile_number",
            "cell_number",
            "whatsapp"));
    WORDS.put(
        PersonalClass.NAME,
        List.of(
            "firstname",
            "lastname",
            "surname",
            "fullname",
            "username",
            "nickname",
            "first_name",
            "last_name",
            "full_name",
            "middle_name",
            "family_name",
            "given_name",
            "maiden_name",
            "birth_name",
            "legal_name",
            "sur_name",
            "nick_name",
            "user_name",
            "customer_name",
            "person_name",
            "contact_name",
            "holder_name",
            "cardholder",
            "cardholder_name",
            "recipient_name",
            "billing_name",
            "shipping_name",
            "guest_name",
            "patient_name",
            "employee_name"));
    WORDS.put(
        PersonalClass.DEVICE_ID,
        List.of("imei", "idfa", "gaid", "advertising_id", "mac_address", "device_serial"));
    WORDS.put(
        PersonalClass.ADDRESS,
        List.of(
            "address",
            "addresses",
            "addr",
            "street",
            "street_name",
            "house_number",
            "postcode",
            "postal_code",
            "post_code",
            "zip",
            "zip_code",
            "zipcode"));
    WORDS.put(
        PersonalClass.BIRTH_DATE, List.of("birth", "birthday", "birthdate", "birthdays", "dob"));
    WORDS.put(
        PersonalClass.NATIONAL_ID,
        List.of(
            "ssn",
            "social_security",
            "national_id",
            "tax_id",
            "tax_number",
            "identity_card",
            "identity_number",
            "id_card",
            "driver_license",
            "drivers_license",
            "driving_licence",
            "license_number",
            "nino"));
    WORDS.put(PersonalClass.PASSPORT, List.of("passport", "passports"));
    WORDS.put(
        PersonalClass.BANK_ACCOUNT,
        List.of("iban", "bank_account", "account_number", "routing_number", "sort_code"));
    WORDS.put(
        PersonalClass.CARD_NUMBER,
        List.of("card_number", "card_no", "credit_card", "debit_card", "cardnumber", "cvv", "cvc"));
    WORDS.put(
        PersonalClass.LOCATION,
        List.of("latitude", "longitude", "lat", "lng", "lon", "gps", "coordinates", "geolocation"));
  }

  /** Words that, at the end, make of personal data something said about it. */
  private static final Set<String> ABOUT =
      Set.of(
          "count",
          "counts",
          "total",
          "rate",
          "ratio",
          "kind",
          "type",
          "status",
          "format",
          "template",
          "campaign",
          "provider",
          "version",
          "enabled",
          "verified",
          "model");

  private PersonalNames() {}

  /** What a field of that name and type would be; empty where it sounds like no personal data. */
  static Optional<PersonalClass> classOf(String name, FieldType type) {
    List<String> words = List.of(name.split("_+", -1));
    if (ABOUT.contains(words.get(words.size() - 1))) {
      return Optional.empty();
    }
    String padded = "_" + String.join("_", words) + "_";
    return WORDS.entrySet().stream()
        .filter(entry -> types(entry.getKey()).contains(type))
        .filter(entry -> entry.getValue().stream().anyMatch(w -> padded.contains("_" + w + "_")))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Texts; coordinates and dates of birth are personal as numbers too. */
  private static Set<FieldType> types(PersonalClass kind) {
    return switch (kind) {
      case LOCATION -> EnumSet.of(FieldType.STRING, FieldType.FLOAT, FieldType.DOUBLE);
      case BIRTH_DATE -> EnumSet.of(FieldType.STRING, FieldType.TIMESTAMP);
      default -> Collections.singleton(FieldType.STRING);
    };
  }
}
