package io.overread.dicom.toolkit;

class OwnServerAndClientTest extends ServerAndClientContract {
  OwnServerAndClientTest() {
    super(new OwnToolkit());
  }
}
