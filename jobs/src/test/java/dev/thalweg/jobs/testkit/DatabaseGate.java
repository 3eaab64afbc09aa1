package dev.thalweg.jobs.testkit;

import dev.thalweg.jobs.postgres.PostgresConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A way to the database that can be shut; what goes through it is cut then. */
public final class DatabaseGate implements AutoCloseable {
  private final ServerSocket server;
  private final int target;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile boolean open = true;
  private final AtomicLong refused = new AtomicLong();

  /** A gate that is open. */
  public DatabaseGate(PostgresConfig where) throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    target = Integer.parseInt(where.url().replaceAll(".*:(\\d+)/.*", "$1"));
    daemon(this::accept);
  }

  private static void daemon(Runnable body) {
    Thread thread = new Thread(body, "gate");
    thread.setDaemon(true);
    thread.start();
  }

  /** The database, reached through here. */
  public PostgresConfig through(PostgresConfig where) {
    String url = where.url().replace(":" + target + "/", ":" + server.getLocalPort() + "/");
    return new PostgresConfig(url, where.user(), where.passwordFile(), where.schema());
  }

  /** Cuts what goes through, and lets nothing in. */
  public void shut() {
    open = false;
    sockets.forEach(DatabaseGate::close);
  }

  /** Lets through again. */
  public void open() {
    open = true;
  }

  /** How many were not let in. */
  public long refused() {
    return refused.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        if (open) {
          Socket database = new Socket(InetAddress.getLoopbackAddress(), target);
          sockets.add(client);
          sockets.add(database);
          daemon(() -> copy(client, database));
          daemon(() -> copy(database, client));
        } else {
          client.close();
          refused.incrementAndGet();
        }
      } catch (IOException e) {
        // The test has ended, or the database has.
        return;
      }
    }
  }

  private static void copy(Socket from, Socket to) {
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException e) {
      close(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    shut();
  }
}
