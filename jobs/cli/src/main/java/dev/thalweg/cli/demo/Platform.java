package dev.thalweg.cli.demo;

import java.util.SplittableRandom;

/** What a session runs on. */
enum Platform {
  WEB("web", false),
  IOS("ios", true),
  ANDROID("android", true);

  private final String source;
  private final boolean mobile;

  Platform(String source, boolean mobile) {
    this.source = source;
    this.mobile = mobile;
  }

  static Platform draw(SplittableRandom random) {
    return switch (random.nextInt(5)) {
      case 0 -> IOS;
      case 1 -> ANDROID;
      default -> WEB;
    };
  }

  String source() {
    return source;
  }

  boolean mobile() {
    return mobile;
  }
}
