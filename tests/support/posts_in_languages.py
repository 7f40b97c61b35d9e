"""One short post in each language of Wix's interface, written for tests: title, author, category, texts, menu."""

from __future__ import annotations

from typing import NamedTuple


class LanguagePost(NamedTuple):
    """The parts of a post and the texts of its site around it, all in one language."""

    title: str
    author: str
    category: str
    heading: str
    paragraphs: tuple[str, str, str]
    items: tuple[str, str]
    menu: tuple[str, str]
    footer: str


def _post(text: str) -> LanguagePost:
    title, author, category, heading, one, two, three, items, menu, footer = text.strip().split("\n")
    return LanguagePost(
        title, author, category, heading, (one, two, three), tuple(items.split(" | ")), tuple(menu.split(" | ")), footer
    )  # type: ignore[arg-type]  # each text has two items and two entries of the menu


POSTS = {
    "en": _post("""
The garden behind the old station
Nora Quill
Gardens
What we planted first
Nobody had opened the gate behind the old station for thirty years, and the key had to be made again from a photo.
We began with beans and marigolds, because both forgive mistakes and because the soil was full of broken glass.
By August the first neighbours came with their own chairs, and since then the gate stays open every evening.
Bring gloves and a bucket | Water only after sunset
Workshops | Seeds
© 2024 by Station Garden"""),
    "de": _post("""
Der Garten hinter dem alten Bahnhof
Jana Brückner
Gärten
Was wir zuerst gepflanzt haben
Dreißig Jahre lang hatte niemand das Tor hinter dem alten Bahnhof geöffnet, und der Schlüssel musste nach einem Foto neu gemacht werden.
Wir begannen mit Bohnen und Ringelblumen, weil beide Fehler verzeihen und weil der Boden voller Scherben war.
Im August kamen die ersten Nachbarn mit eigenen Stühlen, und seither steht das Tor jeden Abend offen.
Handschuhe und Eimer mitbringen | Erst nach Sonnenuntergang gießen
Angebote | Saatgut
© 2024 Bahnhofsgarten"""),
    "fr": _post("""
Le jardin derrière l'ancienne gare
Élise Morvan
Jardins
Ce que nous avons planté d'abord
Personne n'avait ouvert le portail derrière l'ancienne gare depuis trente ans, et il a fallu refaire la clé d'après une photo.
Nous avons commencé par des haricots et des soucis, parce qu'ils pardonnent les erreurs et que la terre était pleine de verre.
En août, les premiers voisins sont venus avec leurs chaises, et depuis le portail reste ouvert tous les soirs.
Apportez des gants et un seau | Arrosez après le coucher du soleil
Ateliers | Graines
© 2024 par Jardin de la Gare"""),
    "es": _post("""
El jardín detrás de la vieja estación
Lucía Ferrán
Jardines
Lo que plantamos primero
Nadie había abierto la puerta detrás de la vieja estación en treinta años, y hubo que hacer la llave de nuevo a partir de una foto.
Empezamos con judías y caléndulas, porque las dos perdonan los errores y porque la tierra estaba llena de cristales.
En agosto llegaron los primeros vecinos con sus propias sillas, y desde entonces la puerta queda abierta cada tarde.
Traed guantes y un cubo | Regad después de la puesta del sol
Talleres | Semillas
© 2024 por Jardín de la Estación"""),
    "pt": _post("""
O jardim atrás da velha estação
Inês Cardoso
Jardins
O que plantamos primeiro
Ninguém abria o portão atrás da velha estação havia trinta anos, e a chave teve de ser refeita a partir de uma fotografia.
Começamos com feijões e calêndulas, porque ambos perdoam os erros e porque a terra estava cheia de vidro partido.
Em agosto vieram os primeiros vizinhos com as suas cadeiras, e desde então o portão fica aberto todas as noites.
Tragam luvas e um balde | Reguem só depois do pôr do sol
Oficinas | Sementes
© 2024 por Jardim da Estação"""),
    "it": _post("""
Il giardino dietro la vecchia stazione
Chiara Benassi
Giardini
Che cosa abbiamo piantato prima
Da trent'anni nessuno apriva il cancello dietro la vecchia stazione, e la chiave si è dovuta rifare da una fotografia.
Abbiamo cominciato con fagioli e calendule, perché perdonano gli errori e perché la terra era piena di vetri rotti.
In agosto sono arrivati i primi vicini con le loro sedie, e da allora il cancello resta aperto ogni sera.
Portate guanti e un secchio | Annaffiate solo dopo il tramonto
Laboratori | Semi
© 2024 Giardino della Stazione"""),
    "nl": _post("""
De tuin achter het oude station
Femke Zandstra
Tuinen
Wat we het eerst plantten
Dertig jaar lang had niemand het hek achter het oude station geopend, en de sleutel moest naar een foto worden nagemaakt.
We begonnen met bonen en goudsbloemen, omdat ze fouten vergeven en omdat de grond vol glasscherven zat.
In augustus kwamen de eerste buren met hun eigen stoelen, en sindsdien staat het hek elke avond open.
Neem handschoenen en een emmer mee | Geef pas na zonsondergang water
Cursusaanbod | Zaden
© 2024 Stationstuin"""),
    "pl": _post("""
Ogród za starym dworcem
Zofia Maliszewska
Ogrody
Co posadziliśmy najpierw
Przez trzydzieści lat nikt nie otworzył furtki za starym dworcem, a klucz trzeba było dorobić na podstawie fotografii.
Zaczęliśmy od fasoli i nagietków, bo jedno i drugie wybacza błędy, a ziemia była pełna potłuczonego szkła.
W sierpniu przyszli pierwsi sąsiedzi z własnymi krzesłami i odtąd furtka jest otwarta każdego wieczoru.
Zabierzcie rękawice i wiadro | Podlewajcie dopiero po zachodzie słońca
Zajęcia | Nasiona
© 2024 Ogród Dworcowy"""),
    "cs": _post("""
Zahrada za starým nádražím
Tereza Hladíková
Zahrady
Co jsme zasadili nejdřív
Třicet let nikdo neotevřel branku za starým nádražím a klíč se musel vyrobit znovu podle fotografie.
Začali jsme fazolemi a měsíčky, protože obojí odpouští chyby a protože půda byla plná střepů.
V srpnu přišli první sousedé s vlastními židlemi a od té doby je branka každý večer otevřená.
Vezměte si rukavice a kbelík | Zalévejte až po západu slunce
Dílny | Semínka
© 2024 Nádražní zahrada"""),
    "ru": _post("""
Сад за старым вокзалом
Вера Лаптева
Сады
Что мы посадили сначала
Тридцать лет никто не открывал калитку за старым вокзалом, и ключ пришлось делать заново по фотографии.
Мы начали с фасоли и ноготков, потому что они прощают ошибки, а земля была полна битого стекла.
В августе пришли первые соседи со своими стульями, и с тех пор калитка открыта каждый вечер.
Возьмите перчатки и ведро | Поливайте только после заката
Мастерские | Семена
© 2024 Вокзальный сад"""),
    "uk": _post("""
Сад за старим вокзалом
Оксана Гнатюк
Сади
Що ми посадили спочатку
Тридцять років ніхто не відчиняв хвіртку за старим вокзалом, і ключ довелося робити наново за світлиною.
Ми почали з квасолі та нагідок, бо вони пробачають помилки, а земля була повна битого скла.
У серпні прийшли перші сусіди зі своїми стільцями, і відтоді хвіртка відчинена щовечора.
Візьміть рукавиці та відро | Поливайте лише після заходу сонця
Майстерні | Насіння
© 2024 Вокзальний сад"""),
    "da": _post("""
Haven bag den gamle station
Signe Overgaard
Haver
Det vi plantede først
I tredive år havde ingen åbnet lågen bag den gamle station, og nøglen måtte laves igen efter et fotografi.
Vi begyndte med bønner og morgenfruer, fordi de tilgiver fejl, og fordi jorden var fuld af glasskår.
I august kom de første naboer med deres egne stole, og siden har lågen stået åben hver aften.
Tag handsker og en spand med | Vand først efter solnedgang
Værksteder | Frø
© 2024 Stationshaven"""),
    "sv": _post("""
Trädgården bakom den gamla stationen
Elsa Nordlund
Trädgårdar
Det vi planterade först
På trettio år hade ingen öppnat grinden bakom den gamla stationen, och nyckeln fick göras på nytt efter ett foto.
Vi började med bönor och ringblommor, eftersom de förlåter misstag och eftersom jorden var full av glasskärvor.
I augusti kom de första grannarna med egna stolar, och sedan dess står grinden öppen varje kväll.
Ta med handskar och en hink | Vattna först efter solnedgången
Verkstäder | Frön
© 2024 Stationsträdgården"""),
    "no": _post("""
Hagen bak den gamle stasjonen
Ingrid Solbakken
Hager
Det vi plantet først
På tretti år hadde ingen åpnet porten bak den gamle stasjonen, og nøkkelen måtte lages på nytt etter et bilde.
Vi begynte med bønner og ringblomster, fordi de tilgir feil og fordi jorda var full av glasskår.
I august kom de første naboene med egne stoler, og siden har porten stått åpen hver kveld.
Ta med hansker og en bøtte | Vann først etter solnedgang
Verksteder | Frø
© 2024 Stasjonshagen"""),
    "fi": _post("""
Puutarha vanhan aseman takana
Aino Koskela
Puutarhat
Mitä istutimme ensin
Kukaan ei ollut avannut vanhan aseman takana olevaa porttia kolmeenkymmeneen vuoteen, ja avain piti tehdä uudestaan valokuvan mukaan.
Aloitimme pavuista ja kehäkukista, koska ne antavat virheet anteeksi ja koska maa oli täynnä lasinsiruja.
Elokuussa tulivat ensimmäiset naapurit omine tuoleineen, ja siitä lähtien portti on ollut auki joka ilta.
Ottakaa mukaan käsineet ja ämpäri | Kastelkaa vasta auringonlaskun jälkeen
Työpajat | Siemenet
© 2024 Asemapuutarha"""),
    "el": _post("""
Ο κήπος πίσω από τον παλιό σταθμό
Ελένη Μαυρίδη
Κήποι
Τι φυτέψαμε πρώτα
Τριάντα χρόνια κανείς δεν είχε ανοίξει την πόρτα πίσω από τον παλιό σταθμό, και το κλειδί έπρεπε να φτιαχτεί ξανά από μια φωτογραφία.
Ξεκινήσαμε με φασόλια και καλέντουλες, γιατί συγχωρούν τα λάθη και γιατί το χώμα ήταν γεμάτο σπασμένα γυαλιά.
Τον Αύγουστο ήρθαν οι πρώτοι γείτονες με τις καρέκλες τους, και από τότε η πόρτα μένει ανοιχτή κάθε βράδυ.
Φέρτε γάντια και έναν κουβά | Ποτίζετε μόνο μετά τη δύση
Εργαστήρια | Σπόροι
© 2024 Κήπος του Σταθμού"""),
    "he": _post("""
הגן מאחורי התחנה הישנה
נועה ברקאי
גנים
מה שתלנו קודם
במשך שלושים שנה איש לא פתח את השער מאחורי התחנה הישנה, ואת המפתח היה צריך להכין מחדש לפי תצלום.
התחלנו בשעועית ובציפורני חתול, כי שתיהן סולחות על טעויות וכי האדמה הייתה מלאה בשברי זכוכית.
באוגוסט הגיעו השכנים הראשונים עם כיסאות משלהם, ומאז השער נשאר פתוח בכל ערב.
הביאו כפפות ודלי | השקו רק אחרי השקיעה
סדנאות | זרעים
© 2024 גן התחנה"""),
    "tr": _post("""
Eski istasyonun arkasındaki bahçe
Elif Karaca
Bahçeler
Önce neler diktik
Otuz yıl boyunca kimse eski istasyonun arkasındaki kapıyı açmamıştı ve anahtarın bir fotoğrafa bakılarak yeniden yapılması gerekti.
Fasulye ve aynısefa ile başladık, çünkü ikisi de hataları affeder ve toprak cam kırıklarıyla doluydu.
Ağustosta ilk komşular kendi sandalyeleriyle geldi ve o günden beri kapı her akşam açık duruyor.
Eldiven ve kova getirin | Yalnızca gün batımından sonra sulayın
Atölyeler | Tohumlar
© 2024 İstasyon Bahçesi"""),
    "hu": _post("""
Kert a régi állomás mögött
Virág Somogyi
Kertek
Amit először ültettünk
Harminc éve senki sem nyitotta ki a kaput a régi állomás mögött, és a kulcsot egy fénykép alapján kellett újra elkészíteni.
Babbal és körömvirággal kezdtük, mert mindkettő megbocsátja a hibákat, és mert a föld tele volt üvegszilánkkal.
Augusztusban eljöttek az első szomszédok a saját székeikkel, és azóta a kapu minden este nyitva áll.
Hozzatok kesztyűt és vödröt | Csak naplemente után öntözzetek
Műhelyek | Magok
© 2024 Állomáskert"""),
    "ro": _post("""
Grădina din spatele gării vechi
Ioana Dumitrescu
Grădini
Ce am plantat mai întâi
De treizeci de ani nimeni nu mai deschisese poarta din spatele gării vechi, iar cheia a trebuit refăcută după o fotografie.
Am început cu fasole și gălbenele, pentru că iartă greșelile și pentru că pământul era plin de cioburi.
În august au venit primii vecini cu scaunele lor, iar de atunci poarta rămâne deschisă în fiecare seară.
Aduceți mănuși și o găleată | Udați numai după apus
Ateliere | Semințe
© 2024 Grădina Gării"""),
    "ja": _post("""
古い駅の裏の庭
佐倉 美緒
庭づくり
最初に植えたもの
古い駅の裏の門は三十年のあいだ誰にも開けられず、鍵は一枚の写真をもとに作り直さなければなりませんでした。
土にはガラスの破片がたくさん混じっていたので、失敗を許してくれる豆と金盞花から始めることにしました。
八月になると近所の人たちが自分の椅子を持ってやって来て、それからは毎晩門が開いたままになっています。
手袋とバケツを持ってきてください | 水やりは日が沈んでからにします
教室案内 | たねの店
© 2024 駅裏ガーデン"""),
    "ko": _post("""
옛 역 뒤편의 정원
한서윤
정원 이야기
가장 먼저 심은 것
옛 역 뒤편의 문은 삼십 년 동안 아무도 열지 않았고, 열쇠는 사진 한 장을 보고 다시 만들어야 했습니다.
우리는 실수를 너그럽게 받아 주는 콩과 금잔화부터 심기 시작했는데, 흙 속에 유리 조각이 가득했기 때문입니다.
팔월이 되자 첫 이웃들이 의자를 들고 찾아왔고, 그 뒤로 문은 저녁마다 열려 있습니다.
장갑과 양동이를 가져오세요 | 해가 진 뒤에만 물을 주세요
배움터 | 씨앗 나눔
© 2024 역뒤 정원"""),
    "zh": _post("""
老车站后面的花园
林语晴
园艺日记
我们最先种下的东西
三十年来没有人打开过老车站后面的那扇门，钥匙只好照着一张旧照片重新配了一把。
我们从豆角和金盏花开始种起，因为它们能包容错误，而且土里到处都是碎玻璃。
到了八月，第一批邻居带着自己的椅子来了，从那以后这扇门每天晚上都开着。
请带上手套和水桶 | 日落之后再浇水
手作课堂 | 种子小铺
© 2024 车站花园"""),
    "th": _post("""
สวนหลังสถานีรถไฟเก่า
พิมพ์ชนก ศรีวงศ์
สวนผัก
สิ่งที่เราปลูกก่อน
ไม่มีใครเปิดประตูหลังสถานีรถไฟเก่ามาสามสิบปีแล้ว และต้องทำกุญแจขึ้นใหม่จากรูปถ่ายใบหนึ่ง
เราเริ่มจากถั่วและดาวเรือง เพราะทั้งสองอย่างให้อภัยความผิดพลาด และเพราะดินเต็มไปด้วยเศษแก้ว
พอถึงเดือนสิงหาคม เพื่อนบ้านกลุ่มแรกก็มาพร้อมเก้าอี้ของตัวเอง และตั้งแต่นั้นประตูก็เปิดทุกเย็น
นำถุงมือและถังน้ำมาด้วย | รดน้ำหลังพระอาทิตย์ตกเท่านั้น
ห้องเรียน | เมล็ดพันธุ์
© 2024 สวนสถานี"""),
    "vi": _post("""
Khu vườn sau nhà ga cũ
Trần Thu Hà
Vườn tược
Những gì chúng tôi trồng trước tiên
Suốt ba mươi năm không ai mở cánh cổng sau nhà ga cũ, và chiếc chìa khóa phải làm lại theo một bức ảnh.
Chúng tôi bắt đầu với đậu và cúc vạn thọ, vì cả hai đều tha thứ cho sai lầm và vì đất đầy mảnh kính vỡ.
Đến tháng tám những người hàng xóm đầu tiên mang ghế của mình đến, và từ đó cánh cổng mở mỗi buổi tối.
Hãy mang theo găng tay và một cái xô | Chỉ tưới nước sau khi mặt trời lặn
Lớp học | Hạt giống
© 2024 Vườn Nhà Ga"""),
    "id": _post("""
Kebun di belakang stasiun lama
Dewi Lestari
Kebun
Apa yang pertama kami tanam
Selama tiga puluh tahun tidak ada yang membuka gerbang di belakang stasiun lama, dan kuncinya harus dibuat lagi dari sebuah foto.
Kami mulai dengan buncis dan marigold, karena keduanya memaafkan kesalahan dan karena tanahnya penuh pecahan kaca.
Pada bulan Agustus para tetangga pertama datang dengan kursi mereka sendiri, dan sejak itu gerbangnya terbuka setiap sore.
Bawalah sarung tangan dan ember | Siramlah hanya setelah matahari terbenam
Lokakarya | Benih
© 2024 Kebun Stasiun"""),
    "hi": _post("""
पुराने स्टेशन के पीछे का बगीचा
मीरा जोशी
बगीचे
हमने पहले क्या लगाया
तीस साल तक किसी ने पुराने स्टेशन के पीछे का फाटक नहीं खोला था, और चाबी एक तस्वीर देखकर दोबारा बनवानी पड़ी।
हमने सेम और गेंदे से शुरुआत की, क्योंकि दोनों गलतियाँ माफ़ कर देते हैं और मिट्टी काँच के टुकड़ों से भरी थी।
अगस्त में पहले पड़ोसी अपनी कुर्सियाँ लेकर आए, और तब से फाटक हर शाम खुला रहता है।
दस्ताने और बाल्टी साथ लाइए | पानी सूरज डूबने के बाद ही दीजिए
कार्यशालाएँ | बीज घर
© 2024 स्टेशन बगीचा"""),
    "ar": _post("""
الحديقة خلف المحطة القديمة
ليلى حداد
حدائق
ما زرعناه أولا
لم يفتح أحد البوابة خلف المحطة القديمة منذ ثلاثين عاما، وكان لا بد من صنع المفتاح من جديد اعتمادا على صورة.
بدأنا بالفاصولياء والأقحوان لأنهما يغفران الأخطاء، ولأن التربة كانت مليئة بقطع الزجاج المكسور.
وفي شهر أغسطس جاء الجيران الأوائل ومعهم كراسيهم، ومنذ ذلك الحين تبقى البوابة مفتوحة كل مساء.
أحضروا قفازات ودلوا | اسقوا النباتات بعد الغروب فقط
ورش العمل | بذور
© 2024 حديقة المحطة"""),
}  # fmt: skip
