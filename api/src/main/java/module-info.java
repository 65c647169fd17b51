import dev.belfry.api.jsonb.GeneratedJsonComponent;
import io.avaje.jsonb.spi.JsonbExtension;

/** The records of the HTTP API and their JSON codec. */
module dev.belfry.api {
  requires transitive io.avaje.jsonb;
  requires static transitive org.jspecify;

  exports dev.belfry.api;
  exports dev.belfry.api.codec;
  exports dev.belfry.api.request;

  provides JsonbExtension with
      GeneratedJsonComponent;
}
