"""Short texts in several languages, written for tests."""

from __future__ import annotations

#: By language, about forty words of plain prose.
TEXTS = {
    "en": "We walked up the hill on a cold morning, and the dog went on ahead of us. At the top there was a bench in the "
    "sun, and a man who sold apples out of a wheelbarrow. He gave one to the dog and would not take any money for it.",
    "fr": "Le vieux moulin n’a plus d’ailes depuis la guerre, et le meunier y range à présent son bateau. On y monte par "
    "une échelle, on s’assoit sur un sac de farine vide et on regarde la mer entre deux planches. En hiver, il fait "
    "un peu de soupe pour ceux qui ont eu le courage de venir.",
    "es": "La abuela guardaba las semillas en una lata de galletas, y en la tapa escribía el año con un clavo. De la "
    "calabaza de aquel verano no quedó nada, pero el tomate volvió a salir en el patio, junto a la puerta, y se lo "
    "comieron los gorriones antes de que nadie lo viera.",
    "it": "Il nonno accordava il pianoforte la domenica, con la finestra aperta e il gatto sul davanzale. Di solito si "
    "fermava a metà, perché la vicina portava un piatto di fichi, e allora il re e il la restavano un po’ bassi fino "
    "alla domenica dopo.",
    "pt": "O barco saía de manhã cedo, com a rede dobrada e o café na garrafa. A meio do rio o meu tio desligava o motor "
    "e a gente ficava a ouvir a água a bater na madeira, até que um peixe grande puxava a corda e era preciso acordar.",
    "ro": "Casa de la marginea satului a fost cumpărată de un ceasornicar care nu știe să doarmă după ora cinci. Din "
    "fiecare perete se aude câte un ceas, iar el spune că sunt mai multe ore decât încap într-o zi și că nu este vina "
    "lui, ci a celui care le-a dat drumul.",
    "de": "Der Garten hinter dem Bahnhof gehört niemandem, und darum gießen ihn alle. Im Juni stehen dort Eimer in allen "
    "Farben, und wer am Abend auf den Zug wartet, trägt einen davon zu den Bohnen. Nur die Rosen hat noch keiner "
    "angefasst, weil sie so stechen.",
    "nl": "De fiets van mijn opa had geen rem, maar wel een bel die je in het volgende dorp kon horen. Hij reed ermee "
    "naar de markt, zette hem tegen de kerk en zei dat niemand zo’n fiets zou stelen. Op een dag was hij toch weg, en "
    "de bel hing nog aan de boom.",
    "pl": "Dziadek trzymał w szopie radio, którego nie wolno było ruszać, bo pamiętało jeszcze tamtą burzę. Kiedy było "
    "cicho, słychać było w nim morze, choć do morza jest stąd trzysta kilometrów. Nikt mu nie wierzył, ale wszyscy po "
    "kolei przychodzili, żeby przez chwilę posłuchać.",
    "cs": "Na půdě jsme našli kufr, který byl plný map, a na každé z nich byl jeden ostrov zakreslený jinak. Babička "
    "říkala, že ten ostrov není, a proto ho každý kreslil tak, jak chtěl. Ale ta mapa, co visí u dveří, je prý skoro "
    "správně.",
    "fi": "Järven rannalla on vanha laituri, joka ei enää kestä kahta ihmistä. Siksi siellä istutaan vuorotellen, ja se "
    "joka odottaa, keittää kahvia. Kun sumu nousee, laituria ei näy, mutta kahvi tuoksuu, ja niin kaikki löytävät "
    "takaisin, myös ne jotka eivät olleet siellä.",
    "tr": "Dedem her sabah çaydanlığı pencerenin önüne koyar ve kuşlara bakardı. Bir gün kuşlar gelmedi, o da ne "
    "olduğunu anlamak için bahçeye çıktı. Ağacın altında küçük bir kedi vardı, ama çok korkmuştu ve kimse onun için "
    "süt getirmemişti, sonra ben getirdim.",
}
