package dev.thalweg.cli.input;

import java.io.IOException;
import java.util.TreeMap;
import thalweg.records.v1.Profile;

/** Reads a profile as any other program with the contract would. */
final class ProfileReading {

  private ProfileReading() {}

  static String of(byte[] value) throws IOException {
    Profile profile = Profile.getDecoder().decode(value);
    return profile.getUserId()
        + " from "
        + profile.getEffectiveFrom()
        + " "
        + new TreeMap<>(profile.getAttributes());
  }
}
