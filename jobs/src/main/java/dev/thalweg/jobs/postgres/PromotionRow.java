package dev.thalweg.jobs.postgres;

/**
 * What stands in {@code experiment_promotions} for a version that is to be replaced.
 *
 * @param definition text of the next version
 * @param isPublished whether it is in the topic
 * @param lostBecause why it never will be; null if it may
 * @param version the run that wrote it, in front
 */
record PromotionRow(String definition, boolean isPublished, String lostBecause, long version) {
  /**
   * Whether nothing is left to do for a promotion. Where another one is marked as lost it may be
   * the promotion itself that is in the topic.
   */
  boolean settles(Promotion promotion) {
    return isPublished || lostBecause != null && isOf(promotion);
  }

  boolean isOf(Promotion promotion) {
    return definition.equals(promotion.text());
  }
}
