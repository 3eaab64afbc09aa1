package dev.thalweg.cli.stack;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One ZooKeeper, which keeps what a JobManager must find again after a crash. */
final class ZooKeeperNode implements ProcessDefinition {

  private static final String MAIN = "org.apache.flink.runtime.zookeeper.FlinkZooKeeperQuorumPeer";
  private static final int ANSWER_MILLIS = 1000;

  private final StackHome home;
  private final JavaProgram program;
  private final int port;

  ZooKeeperNode(Path root, StackHome home, int port) {
    this.home = home;
    this.port = port;
    this.program =
        JavaProgram.of(root, "flink")
            .logTo(home.log(Service.ZOOKEEPER))
            .options("-Xmx64m", "-Xms32m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
  }

  @Override
  public Service service() {
    return Service.ZOOKEEPER;
  }

  @Override
  public void prepare() throws IOException {
    Files.createDirectories(home.zooKeeper().resolve("data"));
    Files.write(
        configuration(),
        List.of(
            "dataDir=" + home.zooKeeper().resolve("data"),
            "clientPort=" + port,
            "clientPortAddress=" + LoopbackPorts.HOST,
            "tickTime=1000",
            "maxClientCnxns=0",
            "admin.enableServer=false",
            "4lw.commands.whitelist=ruok",
            "autopurge.snapRetainCount=3",
            "autopurge.purgeInterval=1",
            "preAllocSize=1024"));
  }

  @Override
  public List<String> command() {
    return program.command(
        MAIN, List.of("--zkConfigFile", configuration().toString(), "--peerId", "1"));
  }

  @Override
  public Map<String, String> environment() throws IOException {
    return program.environment();
  }

  @Override
  public boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(LoopbackPorts.HOST, port), ANSWER_MILLIS);
      socket.setSoTimeout(ANSWER_MILLIS);
      socket.getOutputStream().write("ruok".getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      byte[] answer = socket.getInputStream().readNBytes(4);
      return new String(answer, StandardCharsets.US_ASCII).equals("imok");
    } catch (IOException e) {
      return false;
    }
  }

  private Path configuration() {
    return home.zooKeeper().resolve("zoo.cfg");
  }
}
