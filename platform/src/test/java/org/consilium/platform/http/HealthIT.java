package org.consilium.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.junit5.VertxExtension;
import io.vertx.junit5.VertxTestContext;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.live.LiveHub;
import org.consilium.platform.testing.TestHttp;
import org.consilium.platform.testing.TestPlatform;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a load balancer asks, seen by a Vert.x client. */
@ExtendWith(VertxExtension.class)
class HealthIT {
  private static TestPlatform world;
  private static TestHttp http;

  @BeforeAll
  static void start() {
    world = TestPlatform.start();
    http = world.serve();
  }

  @AfterAll
  static void stop() throws Exception {
    world.close();
  }

  @Test
  void it_lives_and_is_ready(Vertx vertx, VertxTestContext test) {
    var client = vertx.createHttpClient();
    var port = http.server().actualPort();
    client
        .request(HttpMethod.GET, port, "localhost", "/health/live")
        .compose(request -> request.send().map(HttpClientResponse::statusCode))
        .compose(live ->
            client
                .request(HttpMethod.GET, port, "localhost", "/health/ready")
                .compose(request -> request.send())
                .compose(
                    response -> response.body().map(body -> live + " " + body.toString().strip())))
        .onComplete(
            test.succeeding(said ->
                test.verify(() -> {
                  assertThat(said).isEqualTo("200 ready");
                  test.completeNow();
                })));
  }

  @Test
  void a_server_that_lacks_something_is_ready_and_names_it(Vertx vertx, VertxTestContext test) {
    var live = new LiveHub(vertx, world.platform().database(), world.platform().identity());
    var lacking =
        new HttpFront(vertx, world.platform(), Optional.empty(), true)
            .naming(() -> Optional.of("the bus is away"));
    lacking
        .router(List.of(), live)
        .compose(router -> vertx.createHttpServer().requestHandler(router).listen(0, "localhost"))
        .compose(server ->
            vertx
                .createHttpClient()
                .request(HttpMethod.GET, server.actualPort(), "localhost", "/health/ready"))
        .compose(request -> request.send())
        .compose(response -> response.body().map(body -> response.statusCode() + " " + body))
        .onComplete(
            test.succeeding(said ->
                test.verify(() -> {
                  assertThat(said).isEqualTo("200 ready\nthe bus is away\n");
                  test.completeNow();
                })));
  }
}
