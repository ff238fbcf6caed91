package io.overread.dicom.dcm4che;

import io.overread.dicom.toolkit.FileContract;
import io.overread.dicom.toolkit.Toolkits;

class Dcm4cheFileTest extends FileContract {
  Dcm4cheFileTest() {
    super(Toolkits.named("dcm4che"));
  }
}
