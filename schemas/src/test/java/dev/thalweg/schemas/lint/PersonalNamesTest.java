package dev.thalweg.schemas.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.schemas.FieldType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names sound like personal data. */
class PersonalNamesTest {
  @ParameterizedTest
  @CsvSource({
    "email, EMAIL",
    "customer_email, EMAIL",
    "email_address, EMAIL",
    "email_hash, EMAIL",
    "phone, PHONE",
    "phone_number, PHONE",
    "mobile_phone, PHONE",
    "ip, IP_ADDRESS",
    "client_ip, IP_ADDRESS",
    "ip_address, IP_ADDRESS",
    "first_name, NAME",
    "buyer_last_name, NAME",
    "full_name, NAME",
    "user_name, NAME",
    "address, ADDRESS",
    "shipping_address, ADDRESS",
    "address_line_1, ADDRESS",
    "zip_code, ADDRESS",
    "birth_date, BIRTH_DATE",
    "date_of_birth, BIRTH_DATE",
    "dob, BIRTH_DATE",
    "ssn, NATIONAL_ID",
    "passport_number, PASSPORT",
    "iban, BANK_ACCOUNT",
    "card_number, CARD_NUMBER",
    "credit_card, CARD_NUMBER",
    "latitude, LOCATION",
    "home_longitude, LOCATION"
  })
  void personal(String name, PersonalClass expected) {
    assertThat(PersonalNames.classOf(name, FieldType.STRING)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "product_name",
        "page",
        "page_name",
        "name",
        "company_name",
        "email_count",
        "phone_model",
        "address_type",
        "ship",
        "shipping",
        "shipping_method",
        "tip",
        "zipped",
        "recipe",
        "script",
        "plate",
        "flat",
        "platform",
        "cardinality",
        "card_type",
        "birthplace_guide",
        "currency",
        "session_id",
        "addressable",
        "emailing",
        ""
      })
  void notPersonal(String name) {
    assertThat(PersonalNames.classOf(name, FieldType.STRING)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"email", "phone", "ip", "address", "first_name"})
  void numbersAreNotTexts(String name) {
    assertThat(PersonalNames.classOf(name, FieldType.LONG)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"latitude, DOUBLE", "lon, FLOAT", "birth_date, TIMESTAMP"})
  void someNumbersArePersonal(String name, FieldType type) {
    assertThat(PersonalNames.classOf(name, type)).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'class': 'email', 'protection': 'pseudonymize'} | true",
        "{'class': 'other', 'protection': 'drop'} | true",
        "{'class': 'none', 'reason': 'a shop'} | true",
        "{'class': 'none'} | false",
        "{'class': 'none', 'reason': ''} | false",
        "{'class': 'none', 'reason': 'r', 'protection': 'drop'} | false",
        "{'class': 'email'} | false",
        "{'class': 'email', 'protection': 'DROP'} | false",
        "{'class': 'mail', 'protection': 'drop'} | false",
        "{'class': 1, 'protection': 'drop'} | false",
        "{'protection': 'drop'} | false",
        "true | false",
        "null | false",
        "'email' | false"
      })
  void marksAreOfTheClosedLists(String mark, boolean good) {
    ContractText sold =
        ContractText.event("sold", 1).field("email", "'string'").on("email", "personal", mark);
    LintReport report =
        new ContractLinter(java.time.LocalDate.of(2026, 11, 1)).lint(ContractText.drafts(sold));
    assertThat(report.findings()).hasSize(good ? 0 : 1);
  }
}
