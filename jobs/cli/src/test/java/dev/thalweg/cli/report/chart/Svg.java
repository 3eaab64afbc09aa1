package dev.thalweg.cli.report.chart;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Reads a picture or a page back; what is not well-formed is refused. */
public record Svg(Document document) {

  /** Parses it. */
  public static Svg parse(String markup) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      return new Svg(factory.newDocumentBuilder().parse(new InputSource(new StringReader(markup))));
    } catch (SAXException | IOException | ParserConfigurationException e) {
      throw new AssertionError("not well-formed: " + e.getMessage(), e);
    }
  }

  /** All elements of that name. */
  public List<Element> all(String name) {
    NodeList nodes = document.getElementsByTagNameNS("*", name);
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
  }

  /** All elements of that name whose class begins so. */
  public List<Element> all(String name, String style) {
    return all(name).stream()
        .filter(element -> element.getAttribute("class").startsWith(style))
        .toList();
  }

  /** The texts of all elements of that name. */
  public List<String> texts(String name) {
    return all(name).stream().map(Element::getTextContent).toList();
  }

  /** A coordinate. */
  public static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }
}
