"""What offices answer in the demonstration, in the language in which the person wrote; and notes for colleagues."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Replies:
    """`person`: what she writes back."""

    ask: str
    person: str
    sent: str
    done: str
    not_done: str
    elsewhere: str


REPLIES = {
    "ru": Replies(
        ask="Здравствуйте! Мы прочитали ваше обращение и взялись за него. Пришлите, если есть, фото договора, переписки или "
        "чеков. Ничего не подписывайте, не спросив нас.",
        person="Спасибо. Договора нет, есть переписка и фото с работы. Что дальше?",
        sent="Мы написали жалобу и отправили её. Ответ должен прийти в течение 30 дней. Мы сообщим.",
        done="Хорошая новость: вопрос решён. Если что-то повторится, напишите сюда ещё раз.",
        not_done="Мы сделали что могли, но вышло не так, как хотелось. Мы объяснили, что ещё можно сделать самому.",
        elsewhere="Это не в наших силах, но вам помогут в консульстве вашей страны. Адрес и телефон мы написали ниже. Удачи вам.",
    ),
    "ky": Replies(
        ask="Саламатсызбы! Кайрылууңузду окуп, ишке алдык. Келишимдин, жазышуунун же чектердин сүрөтү болсо, жөнөтүңүз. Бизден "
        "сурамайынча эч нерсеге кол койбоңуз.",
        person="Рахмат. Келишим жок, бирок жазышуу жана сүрөттөр бар. Эми эмне кылам?",
        sent="Даттанууну жазып, жөнөттүк. Жооп 30 күндүн ичинде келиши керек. Кабарлайбыз.",
        done="Жакшы кабар: маселе чечилди. Дагы кайталанса, ушул жерге жазыңыз.",
        not_done="Колубуздан келгенди кылдык, бирок биз каалагандай болгон жок. Өзүңүз эмне кыла аларыңызды жаздык.",
        elsewhere="Бул биздин колубуздан келбейт, бирок өлкөңүздүн консулдугу жардам берет.",
    ),
    "uz": Replies(
        ask="Assalomu alaykum! Murojaatingizni oʻqidik va ishga oldik. Shartnoma, yozishma yoki cheklarning surati boʻlsa, "
        "yuboring. Bizdan soʻramasdan hech narsaga imzo qoʻymang.",
        person="Rahmat. Shartnoma yoʻq, yozishmalar bor. Endi nima qilay?",
        sent="Shikoyat yozdik va yubordik. Javob 30 kun ichida kelishi kerak. Xabar beramiz.",
        done="Yaxshi xabar: masala hal boʻldi. Yana takrorlansa, shu yerga yozing.",
        not_done="Qoʻlimizdan kelganini qildik, lekin natija kutgandek boʻlmadi. Oʻzingiz nima qila olishingizni yozdik.",
        elsewhere="Bu bizning qoʻlimizdan kelmaydi, lekin davlatingiz konsulligi yordam beradi.",
    ),
    "tg": Replies(
        ask="Салом! Муроҷиати шуморо хондем ва ба кор гирифтем. Агар акси шартнома, мукотиба ё чекҳо бошад, фиристед. Бе "
        "маслиҳати мо ба чизе имзо накунед.",
        person="Раҳмат. Шартнома нест, мукотиба ҳаст. Акнун чӣ кунам?",
        sent="Шикоят навиштем ва фиристодем. Ҷавоб бояд дар 30 рӯз ояд. Хабар медиҳем.",
        done="Хабари хуш: масъала ҳал шуд. Агар такрор шавад, ба ин ҷо нависед.",
        not_done="Ҳар чӣ аз дастамон омад, кардем, аммо натиҷа он тавр нашуд. Навиштем, ки худатон боз чӣ карда метавонед.",
        elsewhere="Ин аз дасти мо намеояд, аммо консулгарии кишвари шумо кӯмак мекунад.",
    ),
    "kk": Replies(
        ask="Сәлеметсіз бе! Өтінішіңізді оқып, іске алдық. Шарттың, хат алмасудың не чектің суреті болса, жіберіңіз. Бізден "
        "сұрамай еш нәрсеге қол қоймаңыз.",
        person="Рақмет. Хат алмасу мен суреттер бар. Енді не істеймін?",
        sent="Шағым жазып, жібердік. Жауап 30 күн ішінде келуі керек. Хабарлаймыз.",
        done="Жақсы хабар: мәселе шешілді. Қайталанса, осында жазыңыз.",
        not_done="Қолымыздан келгенін жасадық, бірақ күткендей болмады. Өзіңіз не істей алатыныңызды жаздық.",
        elsewhere="Бұл біздің қолымыздан келмейді, бірақ еліңіздің консулдығы көмектеседі.",
    ),
    "en": Replies(
        ask="Hello! We have read your appeal and work on it. Please send photos of a contract, messages or receipts if you "
        "have any. Do not sign anything before you ask us.",
        person="Thank you. There is no contract, but I have messages and photos. What comes next?",
        sent="We have written a complaint and sent it. The answer must come within 30 days. We will tell you.",
        done="Good news: it is solved. If it happens again, write here.",
        not_done="We did what we could, and it did not end as we had hoped. We wrote down what you can still do yourself.",
        elsewhere="This is beyond what we can do, but the embassy of your country can help, and so can the labour inspectorate here.",
    ),
    "hy": Replies(
        ask="Բարև Ձեզ։ Մենք կարդացինք Ձեր դիմումը և զբաղվում ենք դրանով։ Եթե ունեք, ուղարկեք պայմանագրի կամ նամակագրության "
        "լուսանկարը։",
        person="Շնորհակալություն։ Պայմանագիր չունեմ, նամակագրություն կա։",
        sent="Մենք բողոք գրեցինք և ուղարկեցինք։ Պատասխանը պետք է գա 30 օրվա ընթացքում։",
        done="Լավ լուր. հարցը լուծված է։",
        not_done="Արեցինք այն, ինչ կարող էինք, բայց արդյունքը սպասվածը չէ։",
        elsewhere="Սա մեր ուժերից վեր է, բայց Ձեր երկրի հյուպատոսությունը կօգնի։",
    ),
}

NOTES = (
    "Звонила: готов прислать фото табеля. Свидетели есть, двое из бригады.",
    "Проверить по ИНН, кто генподрядчик. Срок давности ещё не прошёл.",
    "Боится работодателя. Имя никому не называть, пока сам не разрешит.",
    "Говорил с инспектором: жалобу примут, нужна копия паспорта.",
    "Похоже на случай прошлого месяца, тот же посредник.",
    "Переводчик договорился на вторник.",
    "Консульство ответило по телефону, ждём письма.",
)

DEADLINES = (
    "Подать жалобу в инспекцию труда",
    "Последний день обжалования",
    "Ответ прокуратуры по закону",
    "Позвонить и узнать, пришли ли деньги",
    "Запросить ответ консульства",
)
