package org.consilium.signaling.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/** What nextcloud-spreed-signaling asks Nextcloud when somebody comes: everybody may come. */
final class NextcloudBackend {
  private static final Pattern USER = Pattern.compile("\"userid\":\"([^\"]*)\"");
  private static final Pattern ROOM = Pattern.compile("\"roomid\":\"([^\"]*)\"");

  private final HttpServer server;

  NextcloudBackend() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setExecutor(Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory()));
    server.createContext("/", this::answer);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  private void answer(HttpExchange exchange) throws IOException {
    String asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String data;
    if (asked.contains("\"type\":\"auth\"")) {
      data =
          "{\"type\":\"auth\",\"auth\":{\"version\":\"1.0\",\"userid\":\""
              + first(USER, asked)
              + "\",\"user\":{}}}";
    } else if (asked.contains("\"type\":\"room\"")) {
      data =
          "{\"type\":\"room\",\"room\":{\"version\":\"1.0\",\"roomid\":\""
              + first(ROOM, asked)
              + "\",\"properties\":{}}}";
    } else if (asked.isEmpty()) {
      data = "{\"version\":{},\"capabilities\":{\"spreed\":{\"features\":[]}}}";
    } else {
      data = "{\"type\":\"session\",\"session\":{\"version\":\"1.0\",\"roomid\":\"\"}}";
    }
    byte[] body =
        ("{\"ocs\":{\"meta\":{\"status\":\"ok\",\"statuscode\":200,\"message\":\"OK\"},\"data\":"
                + data
                + "}}")
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static String first(Pattern pattern, String text) {
    var matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : "";
  }
}
