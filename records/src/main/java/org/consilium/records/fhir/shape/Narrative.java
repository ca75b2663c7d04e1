package org.consilium.records.fhir.shape;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.StringReader;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** A narrative's XHTML: inert, by the lists of R4 (section "XHTML", txt-1 and txt-2). */
final class Narrative {
  private static final String XHTML = "http://www.w3.org/1999/xhtml";

  private static final Set<String> ELEMENTS =
      Set.of(
          "a",
          "abbr",
          "acronym",
          "address",
          "b",
          "big",
          "blockquote",
          "br",
          "caption",
          "cite",
          "code",
          "col",
          "colgroup",
          "dd",
          "dfn",
          "div",
          "dl",
          "dt",
          "em",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "hr",
          "i",
          "img",
          "kbd",
          "li",
          "ol",
          "p",
          "pre",
          "q",
          "samp",
          "small",
          "span",
          "strong",
          "sub",
          "sup",
          "table",
          "tbody",
          "td",
          "tfoot",
          "th",
          "thead",
          "tr",
          "tt",
          "ul",
          "var",
          "bdi",
          "bdo",
          "ins",
          "del",
          "u",
          "s");

  private static final Set<String> ATTRIBUTES =
      Set.of(
          "abbr",
          "accesskey",
          "align",
          "alt",
          "axis",
          "bgcolor",
          "border",
          "cellhalign",
          "cellpadding",
          "cellspacing",
          "cellvalign",
          "char",
          "charoff",
          "charset",
          "cite",
          "class",
          "colspan",
          "compact",
          "coords",
          "dir",
          "frame",
          "headers",
          "height",
          "href",
          "hreflang",
          "hspace",
          "id",
          "lang",
          "longdesc",
          "name",
          "nowrap",
          "rel",
          "rev",
          "rowspan",
          "rules",
          "scope",
          "shape",
          "span",
          "src",
          "start",
          "style",
          "summary",
          "tabindex",
          "title",
          "type",
          "valign",
          "value",
          "vspace",
          "width");

  /** Where a link or a picture may point: elsewhere within the resource, or to a plain address. */
  private static final Set<String> SCHEMES = Set.of("http", "https", "mailto", "tel", "urn");

  private static final XMLInputFactory XML = inert();

  private Narrative() {}

  private static XMLInputFactory inert() {
    var factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }

  /** What is wrong with it, as a sentence. */
  static Optional<String> fault(JsonNode div) {
    if (!div.isTextual()) {
      return Optional.of("A narrative is a text.");
    }
    try {
      return read(XML.createXMLStreamReader(new StringReader(named(div.textValue()))));
    } catch (XMLStreamException unreadable) {
      return Optional.of("A narrative is one XHTML div, well formed.");
    }
  }

  /** The entities of HTML that others write although XML has five only. */
  private static String named(String text) {
    return text.replace("&nbsp;", "&#160;").replace("&copy;", "&#169;").replace("&reg;", "&#174;");
  }

  private static Optional<String> read(XMLStreamReader reader) throws XMLStreamException {
    boolean says = false;
    boolean first = true;
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamReader.START_ELEMENT -> {
          var fault = element(reader, first);
          if (fault.isPresent()) {
            return fault;
          }
          first = false;
          says |= reader.getLocalName().equals("img");
        }
        case XMLStreamReader.CHARACTERS, XMLStreamReader.CDATA -> says |= !reader.isWhiteSpace();
        case XMLStreamReader.PROCESSING_INSTRUCTION,
            XMLStreamReader.DTD,
            XMLStreamReader.ENTITY_REFERENCE -> {
          return Optional.of("A narrative has no instructions, DTD or entities of its own.");
        }
        default -> {
          // Ends and comments say nothing.
        }
      }
    }
    return says ? Optional.empty() : Optional.of("A narrative says something.");
  }

  private static Optional<String> element(XMLStreamReader reader, boolean first) {
    var name = reader.getLocalName();
    if (!XHTML.equals(reader.getNamespaceURI()) || (first && !name.equals("div"))) {
      return Optional.of("A narrative is one div of XHTML's namespace.");
    }
    if (!ELEMENTS.contains(name)) {
      return Optional.of("A narrative has no <%s>.".formatted(name));
    }
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      var attribute = reader.getAttributeLocalName(i).toLowerCase(Locale.ROOT);
      if (!ATTRIBUTES.contains(attribute) || !isInert(attribute, reader.getAttributeValue(i))) {
        return Optional.of("A narrative has no %s like this.".formatted(attribute));
      }
    }
    return Optional.empty();
  }

  private static boolean isInert(String attribute, String value) {
    var plain = value.replaceAll("[\\s\\p{Cntrl}]", "").toLowerCase(Locale.ROOT);
    return switch (attribute) {
      case "style" -> !plain.matches("(?s).*(url\\(|expression\\(|@import|javascript:|\\\\).*");
      case "href", "src", "cite", "longdesc" -> {
        int colon = plain.indexOf(':');
        yield colon < 0
            || plain.substring(0, colon).matches(".*[/?#].*")
            || SCHEMES.contains(plain.substring(0, colon))
            || plain.matches("(?s)data:image/(png|jpeg|gif);base64,.*");
      }
      default -> true;
    };
  }
}
