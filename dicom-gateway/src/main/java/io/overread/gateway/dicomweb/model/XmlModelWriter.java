package io.overread.gateway.dicomweb.model;

import io.overread.dicom.data.Bytes;
import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.Element;
import io.overread.dicom.data.PersonName;
import io.overread.dicom.data.TagNumber;
import io.overread.dicom.dictionary.DataElementDictionary;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes a data set in the Native DICOM Model (PS3.19 A.1) as a document of its own. */
public final class XmlModelWriter {

  private static final String NAMESPACE = "http://dicom.nema.org/PS3.19/models/NativeDICOM";
  private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();

  private final XMLStreamWriter out;
  private final BulkDataLinks links;

  private XmlModelWriter(XMLStreamWriter out, BulkDataLinks links) {
    this.out = out;
    this.links = links;
  }

  /** Writes the document; the stream is flushed and stays open. */
  public static void write(DataSet dataSet, BulkDataLinks links, OutputStream stream)
      throws IOException {
    try {
      XMLStreamWriter out = FACTORY.createXMLStreamWriter(stream, "UTF-8");
      out.writeStartDocument("UTF-8", "1.0");
      out.writeStartElement("NativeDicomModel");
      out.writeDefaultNamespace(NAMESPACE);
      new XmlModelWriter(out, links).attributes(dataSet, "");
      out.writeEndElement();
      out.writeEndDocument();
      out.flush();
    } catch (XMLStreamException e) {
      throw new IOException("the XML can't be written", e);
    }
  }

  private void attributes(DataSet dataSet, String parent) throws XMLStreamException {
    for (Element element : dataSet) {
      if (ElementContent.isWritten(element)) {
        String path = parent + ElementContent.tag(element.tag());
        out.writeStartElement("DicomAttribute");
        head(dataSet, element);
        content(ElementContent.of(dataSet, element, path, links), path);
        out.writeEndElement();
      }
    }
  }

  private void head(DataSet dataSet, Element element) throws XMLStreamException {
    int tag = element.tag();
    boolean inBlock =
        TagNumber.isPrivate(tag) && !TagNumber.isPrivateCreator(tag) && (tag & 0xF000) != 0;
    String creator = inBlock ? dataSet.string(TagNumber.privateCreatorOf(tag)).orElse("") : "";
    // A private tag has the block that its creator happened to get taken out of it.
    out.writeAttribute("tag", ElementContent.tag(creator.isEmpty() ? tag : tag & 0xFFFF_00FF));
    out.writeAttribute("vr", ElementContent.vr(element).name());
    String keyword = DataElementDictionary.keyword(tag);
    if (!keyword.isEmpty()) {
      out.writeAttribute("keyword", keyword);
    }
    if (!creator.isEmpty()) {
      out.writeAttribute("privateCreator", legal(creator));
    }
  }

  private void content(Content content, String path) throws XMLStreamException {
    switch (content) {
      case Content.Empty empty -> {}
      case Content.Text(List<String> values) -> values(values);
      case Content.Numbers(List<Object> values) -> values(values);
      case Content.Names(List<String> values) -> names(values);
      case Content.Items(List<DataSet> items) -> {
        for (int number = 1; number <= items.size(); number++) {
          numbered("Item", number);
          attributes(items.get(number - 1), path + "/" + number + "/");
          out.writeEndElement();
        }
      }
      case Content.Binary(Bytes bytes) ->
          leaf("InlineBinary", Base64.getEncoder().encodeToString(bytes.toArray()));
      case Content.Bulk(String uri) -> {
        out.writeStartElement("BulkData");
        out.writeAttribute("uri", uri);
        out.writeEndElement();
      }
    }
  }

  private void values(List<?> values) throws XMLStreamException {
    for (int number = 1; number <= values.size(); number++) {
      numbered("Value", number);
      out.writeCharacters(legal(String.valueOf(values.get(number - 1))));
      out.writeEndElement();
    }
  }

  private void names(List<String> values) throws XMLStreamException {
    for (int number = 1; number <= values.size(); number++) {
      PersonName name = PersonName.parse(values.get(number - 1));
      numbered("PersonName", number);
      group("Alphabetic", name.alphabetic());
      group("Ideographic", name.ideographic());
      group("Phonetic", name.phonetic());
      out.writeEndElement();
    }
  }

  private void group(String name, PersonName.Group group) throws XMLStreamException {
    if (group.isEmpty()) {
      return;
    }
    out.writeStartElement(name);
    for (Map.Entry<String, String> component :
        List.of(
            Map.entry("FamilyName", group.familyName()),
            Map.entry("GivenName", group.givenName()),
            Map.entry("MiddleName", group.middleName()),
            Map.entry("NamePrefix", group.prefix()),
            Map.entry("NameSuffix", group.suffix()))) {
      if (!component.getValue().isEmpty()) {
        leaf(component.getKey(), component.getValue());
      }
    }
    out.writeEndElement();
  }

  private void numbered(String name, int number) throws XMLStreamException {
    out.writeStartElement(name);
    out.writeAttribute("number", Integer.toString(number));
  }

  private void leaf(String name, String text) throws XMLStreamException {
    out.writeStartElement(name);
    out.writeCharacters(legal(text));
    out.writeEndElement();
  }

  /** What XML 1.0 has no way to write becomes a replacement character. */
  private static String legal(String text) {
    StringBuilder legal = new StringBuilder(text.length());
    text.codePoints()
        .map(
            c ->
                c == '\t'
                        || c == '\n'
                        || c == '\r'
                        || (c >= ' ' && c <= 0xD7FF)
                        || (c >= 0xE000 && c <= 0xFFFD)
                        || c > 0xFFFF
                    ? c
                    : 0xFFFD)
        .forEach(legal::appendCodePoint);
    return legal.toString();
  }
}
