package io.overread.vlm.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The digests of a model's folder: those that {@code overread.json} states, compared with the
 * files, and the identity that follows from them.
 *
 * @param folder the folder
 * @param manifest what {@code overread.json} says, or what is assumed without it
 * @param described whether there is such a file
 * @param used the files that the model is made of, as paths below the folder
 */
record FolderDigests(Path folder, ModelManifest manifest, boolean described, List<String> used) {

  FolderDigests {
    used = List.copyOf(used);
  }

  /** Reads every file; what differs, one sentence for each. */
  List<ModelFault> compare() {
    List<ModelFault> faults = new ArrayList<>();
    manifest
        .files()
        .forEach(
            (name, stated) -> {
              Path file = ModelFiles.resolve(folder, name, ModelManifest.FILE + ": files");
              if (!Files.isRegularFile(file)) {
                faults.add(new ModelFault(name, "the file is missing"));
              } else if (!ModelFiles.sha256(file).equals(stated)) {
                faults.add(new ModelFault(name, "its SHA-256 is not the one stated"));
              }
            });
    if (described) {
      for (String name : used) {
        if (!manifest.files().containsKey(name)) {
          faults.add(new ModelFault(name, "used, but not listed in " + ModelManifest.FILE));
        }
      }
    }
    return faults;
  }

  /** Reads every file where {@code overread.json} does not state digests. */
  ModelIdentity identity() {
    Map<String, String> digests = new TreeMap<>(manifest.files());
    if (described) {
      digests.put(ModelManifest.FILE, ModelFiles.sha256(folder.resolve(ModelManifest.FILE)));
    } else {
      for (String name : used) {
        digests.put(name, ModelFiles.sha256(folder.resolve(name)));
      }
    }
    return new ModelIdentity(manifest.name(), manifest.version(), ModelFiles.combined(digests));
  }
}
