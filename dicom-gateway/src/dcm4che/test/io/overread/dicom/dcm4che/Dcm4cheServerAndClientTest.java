package io.overread.dicom.dcm4che;

import io.overread.dicom.toolkit.ServerAndClientContract;
import io.overread.dicom.toolkit.Toolkits;

class Dcm4cheServerAndClientTest extends ServerAndClientContract {
  Dcm4cheServerAndClientTest() {
    super(Toolkits.named("dcm4che"));
  }
}
