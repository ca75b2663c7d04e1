package org.consilium.records.fhir;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import org.consilium.platform.program.TokenEndpoint;

/** What programs must know to get in (SMART App Launch 2.2, "Backend Services"). */
final class SmartConfiguration {
  static final List<String> PATH = List.of(".well-known", "smart-configuration");

  private SmartConfiguration() {}

  static ObjectNode of(Collection<ResourceType> types, String url) {
    var configuration = Fhir.object().put("token_endpoint", tokenEndpoint(url)).put("issuer", url);
    configuration.putArray("grant_types_supported").add("client_credentials");
    configuration.putArray("token_endpoint_auth_methods_supported").add("private_key_jwt");
    configuration
        .putArray("token_endpoint_auth_signing_alg_values_supported")
        .add("ES384")
        .add("EdDSA");
    var scopes = configuration.putArray("scopes_supported").add("system/*.rs");
    types.forEach(type -> scopes.add("system/" + type.name() + ".rs"));
    configuration
        .putArray("capabilities")
        .add("client-confidential-asymmetric")
        .add("permission-v2");
    return configuration;
  }

  /** Where tokens are asked for, and what an assertion names as its audience. */
  static String tokenEndpoint(String url) {
    return url.substring(0, url.length() - FhirFacade.BASE.length()) + TokenEndpoint.PATH;
  }
}
