package dev.belfry.sandbox.world;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who lives on the simulated network: the named ones, and as many strangers as a big group needs.
 */
final class People {
  private static final List<String> FIRST =
      List.of(
          "Ada",
          "Björn",
          "Chidi",
          "Dalia",
          "Émile",
          "Fatima",
          "Güneş",
          "Håkon",
          "Ileana",
          "Jorge",
          "Keiko",
          "Lwazi",
          "Małgorzata",
          "Nadia",
          "Ömer",
          "Petra",
          "Ruairí",
          "Šárka",
          "Tariq",
          "Ursula",
          "Viktor",
          "Wanjiru",
          "Ximena",
          "Ýr",
          "Željko",
          "Анна",
          "Борис",
          "Мария",
          "София",
          "Γιώργος",
          "Κατερίνα",
          "أمينة",
          "يوسف",
          "מאיה",
          "דוד",
          "अनन्या",
          "विक्रम",
          "กานดา",
          "伟",
          "静",
          "大輔",
          "美咲",
          "지훈",
          "수아");
  private static final List<String> LAST =
      List.of(
          "Abara",
          "Bergström",
          "Castellanos",
          "Dvořák",
          "Eriksen",
          "Fjeld",
          "García",
          "Haddad",
          "Ivanov",
          "Jansson",
          "Kowalczyk",
          "López",
          "Müller",
          "Novák",
          "Ōkubo",
          "Pereira",
          "Quispe",
          "Roșca",
          "Saïd",
          "Tanaka",
          "Uçar",
          "Vesely",
          "Wiśniewska",
          "Xu",
          "Yılmaz",
          "Zając");

  private final Map<String, Person> byHandle = new LinkedHashMap<>();

  People() {
    int number = 100;
    for (String line : Texts.lines("people.txt")) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] parts = line.split("\\|", -1);
      String handle = parts[0].strip();
      String traits = parts[3];
      number++;
      byHandle.put(
          handle,
          new Person(
              handle,
              parts[1].strip(),
              parts[2].strip(),
              traits.contains("phone") ? "+15550100" + number : null,
              traits.contains("mail") ? handle + "@example.org" : null,
              !traits.contains("noavatar"),
              traits.contains("bot"),
              traits.contains("blocked")));
    }
  }

  List<Person> all() {
    return List.copyOf(byHandle.values());
  }

  Person named(String handle) {
    Person person = byHandle.get(handle);
    if (person == null) {
      throw new IllegalArgumentException("nobody is called " + handle);
    }
    return person;
  }

  /** People who are in a big group and nowhere else. */
  static List<Person> strangers(String group, int count) {
    Dice dice = new Dice("strangers of " + group);
    List<Person> strangers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = dice.pick(FIRST) + " " + dice.pick(LAST);
      strangers.add(new Person(group + i, name, "en", null, null, false, false, true));
    }
    return strangers;
  }
}
