package dev.thalweg.cli.demo;

/**
 * Who a session belongs to.
 *
 * @param userId null while nobody has signed in
 * @param anonymousId null where the user is known from the start
 * @param variant of the experiment, null for visitors who are not in it
 * @param country of the user, null if unknown
 * @param profiled whether there is a profile of the user
 */
record Visitor(
    String userId, String anonymousId, String variant, String country, boolean profiled) {

  Visitor signedUp(String newUserId) {
    return new Visitor(newUserId, anonymousId, variant, country, false);
  }

  String subject() {
    return userId == null ? anonymousId : userId;
  }
}
