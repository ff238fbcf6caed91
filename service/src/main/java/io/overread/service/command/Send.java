package io.overread.service.command;

import io.overread.dicom.net.DimseStatus;
import io.overread.dicom.net.FileResult;
import io.overread.dicom.net.RemoteApplicationEntity;
import io.overread.dicom.net.RequestorSettings;
import io.overread.dicom.net.tls.ReloadableTls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code send}: sends DICOM files and folders of them by C-STORE and says what became of each. */
final class Send {
  static final String CALLING_AE_TITLE = "OVERREAD_SCU";

  private Send() {}

  static int run(List<String> words) {
    Environment environment = Environment.ofProcess();
    Peer peer =
        new Peer(environment.aeTitle(), environment.reachableHost(), environment.dicomPort());
    List<Path> files = new ArrayList<>();
    SendTls tls = SendTls.of(environment);
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).equals("--to")) {
        if (++i == words.size()) {
          throw new UsageException("--to takes AET@HOST:PORT");
        }
        peer = Peer.parse(words.get(i));
      } else if (words.get(i).equals("--tls")) {
        tls = tls.wanted();
      } else if (SendTls.OPTIONS.contains(words.get(i))) {
        if (++i == words.size()) {
          throw new UsageException(words.get(i - 1) + " takes a file");
        }
        tls = tls.with(words.get(i - 1), Path.of(words.get(i)));
      } else if (words.get(i).startsWith("--")) {
        throw new UsageException("send doesn't know '" + words.get(i) + "'");
      } else {
        files.addAll(files(Path.of(words.get(i))));
      }
    }
    if (files.isEmpty()) {
      throw new UsageException("send takes at least one file");
    }
    return send(files, peer, tls.open());
  }

  /** Sends over plain TCP; the exit status is 0 only if the peer took every file. */
  static int send(List<Path> files, Peer peer) {
    return send(files, peer, null);
  }

  private static int send(List<Path> files, Peer peer, @Nullable ReloadableTls tls) {
    AtomicInteger failures = new AtomicInteger();
    Environment.ofProcess()
        .toolkit()
        .storageScu(
            new RemoteApplicationEntity(
                new InetSocketAddress(peer.host(), peer.port()), peer.aeTitle(), tls),
            CALLING_AE_TITLE,
            RequestorSettings.DEFAULT)
        .send(
            files,
            result -> {
              if (!tell(result)) {
                failures.incrementAndGet();
              }
            });
    System.out.println(
        (files.size() - failures.get())
            + " of "
            + files.size()
            + " files stored at "
            + peer.aeTitle()
            + "@"
            + peer.host()
            + ":"
            + peer.port());
    return failures.get() == 0 ? CommandLine.DONE : CommandLine.FAILED;
  }

  private static boolean tell(FileResult result) {
    return switch (result) {
      case FileResult.Answered answered -> {
        DimseStatus status = answered.response().status();
        System.out.println(
            answered.file()
                + ": "
                + status
                + (answered.response().errorComment() == null
                    ? ""
                    : " (" + answered.response().errorComment() + ")"));
        yield status.isDone();
      }
      case FileResult.NotSent not -> {
        System.out.println(not.file() + ": not sent, " + not.detail());
        yield false;
      }
    };
  }

  private static List<Path> files(Path path) {
    if (!Files.exists(path)) {
      throw new UsageException("there is no " + path);
    }
    try (Stream<Path> found = Files.walk(path)) {
      return found
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || file.equals(path))
          .filter(file -> !Files.isDirectory(file))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UsageException("can't read " + path + ": " + e.getMessage());
    }
  }
}
