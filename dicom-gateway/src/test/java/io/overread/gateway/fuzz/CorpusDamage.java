package io.overread.gateway.fuzz;

import io.overread.dicom.data.Mutations;
import io.overread.gateway.render.RenderableFiles;
import java.util.Random;

/** Damage to files: to one thing anywhere, or to several near one place in the header. */
enum CorpusDamage implements Surface.Damage {
  INSTANCE;

  private static final int HEADER = 8192;

  @Override
  public byte[] to(byte[] sound, Random random) {
    if (random.nextInt(3) == 0) {
      return Mutations.ofDataSet(sound, random);
    }
    int room = Math.min(HEADER, sound.length - RenderableFiles.HEADER - 8);
    return Mutations.ofStream(sound, RenderableFiles.HEADER + random.nextInt(room), random);
  }
}
