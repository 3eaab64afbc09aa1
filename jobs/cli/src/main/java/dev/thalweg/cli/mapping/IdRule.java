package dev.thalweg.cli.mapping;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Where an event's id comes from; the same file and mapping always give the same ids. */
public final class IdRule {

  private enum Kind {
    ROW_HASH,
    ROW_NUMBER,
    COLUMN
  }

  private static final HexFormat HEX = HexFormat.of();

  private final Kind kind;
  private final String column;
  private final MessageDigest sha256;

  private IdRule(Kind kind, String column) {
    this.kind = kind;
    this.column = column;
    try {
      this.sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  static IdRule of(String text) {
    return switch (text) {
      case "row-hash" -> new IdRule(Kind.ROW_HASH, null);
      case "row-number" -> new IdRule(Kind.ROW_NUMBER, null);
      case "" -> throw new IllegalArgumentException("must be row-hash, row-number or a column");
      default -> new IdRule(Kind.COLUMN, text);
    };
  }

  /** The column that holds the id, if one does. */
  Optional<String> column() {
    return Optional.ofNullable(column);
  }

  /** The id of the event at a place among those of its row; null if its column is empty. */
  String id(String file, Row row, int place) {
    if (kind == Kind.COLUMN) {
      String text = row.text(column);
      return text == null || place == 0 ? text : text + "-" + place;
    }
    if (kind == Kind.ROW_HASH) {
      sha256.update(row.raw());
    } else {
      sha256.update(file.getBytes(StandardCharsets.UTF_8));
      sha256.update(ByteBuffer.allocate(Long.BYTES + 1).put((byte) 0).putLong(row.number()).flip());
    }
    sha256.update(ByteBuffer.allocate(Integer.BYTES + 1).put((byte) 0).putInt(place).flip());
    return HEX.formatHex(sha256.digest(), 0, 16);
  }
}
