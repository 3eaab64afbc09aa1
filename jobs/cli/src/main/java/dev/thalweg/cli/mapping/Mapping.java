package dev.thalweg.cli.mapping;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a mapping file says. */
public final class Mapping {

  private final String file;
  private final Format format;
  private final IdRule id;
  private final TimeRule time;
  private final List<EventRule> events;
  private final ProfileRule profile;

  /** Where the file names which column, to say so when the input has no such column. */
  private final Map<String, String> columnUses;

  private Mapping(
      String file,
      Format format,
      IdRule id,
      TimeRule time,
      List<EventRule> events,
      ProfileRule profile,
      Map<String, String> columnUses) {
    this.file = file;
    this.format = format;
    this.id = id;
    this.time = time;
    this.events = List.copyOf(events);
    this.profile = profile;
    this.columnUses = columnUses;
  }

  static Mapping ofEvents(
      String file,
      Format format,
      IdRule id,
      TimeRule time,
      List<EventRule> events,
      Map<String, String> columnUses) {
    return new Mapping(file, format, id, time, events, null, columnUses);
  }

  static Mapping ofProfiles(
      String file, Format format, TimeRule time, ProfileRule rule, Map<String, String> columnUses) {
    return new Mapping(file, format, null, time, List.of(), rule, columnUses);
  }

  /** The format of the files it reads. */
  public Format format() {
    return format;
  }

  /** Whether it writes profiles instead of events. */
  public boolean writesProfiles() {
    return profile != null;
  }

  IdRule id() {
    return id;
  }

  Optional<TimeRule> time() {
    return Optional.ofNullable(time);
  }

  List<EventRule> events() {
    return events;
  }

  ProfileRule profile() {
    return profile;
  }

  /** Refuses a file that lacks a column of this mapping. */
  public void check(String inputFile, List<String> header) {
    List<String> missing =
        columnUses.entrySet().stream()
            .filter(use -> !header.contains(use.getKey()))
            .map(use -> use.getValue() + " needs '" + use.getKey() + "'")
            .toList();
    if (!missing.isEmpty()) {
      throw new MappingException(
          file,
          Stream.concat(
                  missing.stream(),
                  Stream.of(inputFile + " has only the columns " + String.join(", ", header)))
              .toList());
    }
  }
}
