package dev.thalweg.cli.demo;

import java.util.SplittableRandom;

/** What the demo's shop sells and which pages it has. */
final class Catalogue {

  private static final String[] PAGES = {"/", "/offers", "/search?q=chair", "/help", "/größen"};
  private static final String[] CATEGORIES = {
    "electronics.phone", "electronics.audio", "home.kitchen", "home.garden", "apparel.shoes"
  };
  private static final String[] BRANDS = {"acme", "Nørd", "globex", "initech", "Étoile"};
  private static final String[] REFERRERS = {
    "https://search.example/?q=\"lamp\"", "https://news.example/a\\b", "mail"
  };
  private static final int PRODUCTS = 2_000;

  private Catalogue() {}

  static String page(SplittableRandom random) {
    return PAGES[random.nextInt(PAGES.length)];
  }

  static String referrer(SplittableRandom random) {
    return REFERRERS[random.nextInt(REFERRERS.length)];
  }

  /** Draws a product; a few are looked at most. */
  static int product(SplittableRandom random) {
    double draw = random.nextDouble();
    return (int) (draw * draw * draw * PRODUCTS);
  }

  static String id(int product) {
    return "p" + (1_000 + product);
  }

  static String category(int product) {
    return CATEGORIES[product % CATEGORIES.length];
  }

  static String brand(int product) {
    return product % 7 == 0 ? null : BRANDS[product % BRANDS.length];
  }

  static long priceCents(int product) {
    return 199 + Long.remainderUnsigned(Mixing.mix(product), 50_000);
  }
}
