package dev.thalweg.cli.demo;

import java.util.List;

/**
 * Who a session belongs to.
 *
 * @param userId null while nobody has signed in
 * @param anonymousId null where the user is known from the start
 * @param exposures what each visit tells of experiments; empty for visitors who are in none
 * @param ordersCart how likely a cart becomes an order
 * @param country of the user, null if unknown
 * @param profiled whether there is a profile of the user
 */
record Visitor(
    String userId,
    String anonymousId,
    List<PlantedExposure> exposures,
    double ordersCart,
    String country,
    boolean profiled) {

  Visitor signedUp(String newUserId) {
    return new Visitor(newUserId, anonymousId, exposures, ordersCart, country, false);
  }

  String subject() {
    return userId == null ? anonymousId : userId;
  }
}
