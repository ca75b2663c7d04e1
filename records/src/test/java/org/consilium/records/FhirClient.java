package org.consilium.records;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.consilium.platform.http.Json;
import org.consilium.platform.testing.TestPerson;

/** Another system that speaks FHIR with a clinic; HL7's validator judges whatever it is told. */
record FhirClient(Clinic clinic) {
  static final String R4 = "/fhir/R4";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** A body that is missing was empty. */
  record Reply(int status, JsonNode body, HttpHeaders headers) {
    /** The product's own code of a "no". */
    String code() {
      return body.at("/issue/0/details/coding/0/code").asText();
    }

    /** The resources of a Bundle. */
    List<JsonNode> entries() {
      var resources = new ArrayList<JsonNode>();
      body.path("entry").forEach(entry -> resources.add(entry.path("resource")));
      return resources;
    }
  }

  /** A request of somebody who has not signed in. */
  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(clinic.http.url(R4 + path));
  }

  HttpRequest.Builder to(TestPerson person, String path) {
    return to(path).header("Cookie", clinic.http.cookie(person));
  }

  Reply get(TestPerson person, String path) {
    return send(to(person, path).GET());
  }

  /** What a search of somebody finds, on its first page. */
  List<JsonNode> find(TestPerson person, String path) {
    var reply = get(person, path);
    assertThat(reply.status()).as(path + " " + reply.body()).isEqualTo(200);
    return reply.entries();
  }

  /** Every answer is judged, refusals too. */
  Reply send(HttpRequest.Builder request) {
    var response = bytes(request);
    if (response.body().length == 0) {
      return new Reply(response.statusCode(), MissingNode.getInstance(), response.headers());
    }
    assertThat(response.headers().firstValue("content-type")).contains("application/fhir+json");
    assertThat(FhirJudge.errors(response.body())).as(new String(response.body())).isEmpty();
    try {
      return new Reply(
          response.statusCode(), Json.MAPPER.readTree(response.body()), response.headers());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An answer that is no FHIR, as it came. */
  HttpResponse<byte[]> bytes(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
