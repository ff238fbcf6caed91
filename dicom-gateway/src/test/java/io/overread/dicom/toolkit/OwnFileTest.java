package io.overread.dicom.toolkit;

class OwnFileTest extends FileContract {
  OwnFileTest() {
    super(new OwnToolkit());
  }
}
