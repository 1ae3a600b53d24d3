package dev.tidemark.testkit.vectors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What Surefire's XML says about one test class.
 *
 * @param passed the names of its tests that passed: {@code method(Parameter) display name} for one with parameters
 * @param failed the names of those that did not: failed, broke or were skipped
 */
record ClassReport(Set<String> passed, Set<String> failed) {

    /** Where Surefire writes it. */
    static Path file(Path root, VectorTest test) {
        return root.resolve(test.module()).resolve("target/surefire-reports/TEST-" + test.className() + ".xml");
    }

    static ClassReport read(Path root, VectorTest test) throws VectorRunException {
        Path file = file(root, test);
        if (!Files.exists(file)) {
            throw new VectorRunException(test.className() + " did not run");
        }
        ClassReport report = new ClassReport(new LinkedHashSet<>(), new LinkedHashSet<>());
        NodeList cases = testCases(file);
        for (int i = 0; i < cases.getLength(); i++) {
            Element one = (Element) cases.item(i);
            boolean whole = one.getElementsByTagName("failure").getLength() == 0
                    && one.getElementsByTagName("error").getLength() == 0
                    && one.getElementsByTagName("skipped").getLength() == 0;
            (whole ? report.passed : report.failed).add(one.getAttribute("name"));
        }
        return report;
    }

    private static NodeList testCases(Path file) throws VectorRunException {
        try {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile())
                    .getElementsByTagName("testcase");
        } catch (IOException | ParserConfigurationException | SAXException e) {
            throw new VectorRunException("the report " + file + " cannot be read: " + e);
        }
    }
}
