/** The Java client of the API; works against Belfry and Beeper Desktop. */
module dev.belfry.sdk {
  requires transitive dev.belfry.api;
  requires java.net.http;
  requires static transitive org.jspecify;

  exports dev.belfry.sdk;
}
