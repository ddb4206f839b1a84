"""Sentences for operators: what only they meet, and what they read in other words than households."""

FOR_OPERATORS: dict[str, dict[str, tuple[str, str]]] = {
    "ru": {
        # In other words
        "shared.form_rejected": ("Не все значения подошли.", "Исправьте перечисленные."),
        "shared.stale_state": (
            "Эти данные только что изменил кто-то другой.",
            "Повторите команду.",
        ),
        "shared.account_not_found": (
            "Такого лицевого счета у поставщика нет: «{account}».",
            "Исправьте номер или сначала загрузите счет: elkk import accounts.",
        ),
        "shared.supplier_not_found": (
            "Такого поставщика нет: «{supplier}».",
            "Коды поставщиков показывает elkk supplier list.",
        ),
        "metering.meter_removed": (
            "Счетчик снят {removed_on}: с этого дня у него бывает только конечное показание.",
            "Проверьте дату и номер счетчика; для показания при снятии укажите источник final.",
        ),
        "billing.invoice_not_found": (
            "Такого счета нет: «{invoice}».",
            "Номера выставленных счетов сообщает elkk bill run.",
        ),
        "billing.flat_rate_missing": ("Не указана ставка пеней.", "Укажите сначала flat_rate."),
        "identity.user_not_found": (
            "Такого пользователя нет.",
            "Укажите телефон, e-mail или идентификатор зарегистрированного.",
        ),
        # Requests
        "support.request_not_found": (
            "Такого обращения нет: «{request}».",
            "Номера показывает elkk requests list.",
        ),
        "support.request_closed": (
            "Обращение {number} уже закрыто.",
            "Открыть его снова может только сам абонент, ответив в кабинете.",
        ),
        "support.request_unanswered": (
            "Последнее слово в обращении {number} за абонентом.",
            "Сначала ответьте: elkk requests answer {number}.",
        ),
        "support.attachment_not_found": (
            "Файла {attachment} нет в хранилище.",
            "Проверьте ELKK_FILES_FOLDER или восстановите папку из копии.",
        ),
        "support.attachments_unavailable": (
            "Папка с файлами обращений недоступна.",
            "Проверьте ELKK_FILES_FOLDER и права на нее.",
        ),
        # What a supplier publishes
        "content.rejected": (
            "Папка не принята: ничего не опубликовано.",
            "Исправьте перечисленные ошибки и загрузите папку целиком еще раз.",
        ),
        "content.extra_file": ("Такого файла здесь не бывает.", "Бывают: {known}."),
        "content.russian_missing": ("Перевод есть, а русского текста нет.", "Добавьте {file}."),
        "content.not_utf8": ("Файл не в UTF-8.", "Сохраните его в UTF-8."),
        "content.title_missing": (
            "Нет названия раздела.",
            "Начните файл строкой «# Название раздела».",
        ),
        "content.question_missing": (
            "Здесь нужен вопрос.",
            "Начните его строкой «## Вопрос?», а ответ пишите под ней.",
        ),
        "content.answer_missing": ("У вопроса нет ответа.", "Напишите его под вопросом."),
        "content.markup_forbidden": (
            "Такая разметка не показывается: {markup}.",
            "Подойдут абзацы, списки, выделение и ссылки; # и ## только для раздела и вопроса.",
        ),
        "content.questions_miscounted": (
            "Вопросов {found}, а в русском файле {expected}.",
            "Переведите все по порядку.",
        ),
        "content.yaml_malformed": ("Это не YAML: {problem}.", "Проверьте отступы и кавычки."),
        "content.yaml_shape_wrong": ("Здесь должно быть другое: {expected}", ""),
        "content.key_not_known": (
            "Ключ «{key}» лишний или указан дважды.",
            "Бывают: {known}.",
        ),
        "content.key_missing": ("Не хватает ключа {key}", ""),
        "content.code_repeated": ("Этот код уже есть в строке {first}", ""),
        # Messages and their queue
        "messaging.unknown_message": ("Нет текста для сообщения вида {kind}", ""),
        "durable.worker_name_taken": (
            "Обработчик с именем {name} уже работает.",
            "Остановите его или дайте этому другое имя.",
        ),
        "durable.queue_not_prepared": (
            "База данных не готова к очереди сообщений.",
            "Выполните elkk db upgrade.",
        ),
        # Settings and the database
        "settings.wrong": (
            "Переменная окружения {name} не задана или не понята.",
            "Нужно: {expected}.",
        ),
        "database.absent": ("Базы данных нет: {location}.", "Создайте ее: elkk db upgrade."),
        "database.unreachable": (
            "База данных не отвечает: {location}.",
            "Проверьте, запущена ли она и верен ли адрес ELKK_DATABASE_URL.",
        ),
        "database.locked": (
            "База данных занята другим процессом.",
            "Попробуйте еще раз немного позже.",
        ),
        "database.schema_outdated": (
            "Схема базы данных устарела: {found}, нужна {expected}.",
            "Обновите ее: elkk db upgrade.",
        ),
        "database.schema_unknown": (
            "Схема базы данных ({found}) от более новой версии elkk.",
            "Установите ту версию, которая ее создала.",
        ),
        # Files
        "files.rejected": (
            "Файл не принят: ни одна строка не записана.",
            "Исправьте перечисленные ошибки и загрузите файл целиком еще раз.",
        ),
        "files.empty": (
            "Файл пуст.",
            "Первой строкой должны идти имена столбцов; их перечисляет --help.",
        ),
        "files.encoding_unknown": (
            "Такой кодировки нет: «{encoding}».",
            "Обычные имена: utf-8, windows-1251, cp866.",
        ),
        "files.not_in_encoding": (
            "Это не {encoding}: байт {byte}, строка {line}.",
            "Похоже на {likely}: добавьте --encoding {likely} или сохраните файл в UTF-8.",
        ),
        "files.encoded_otherwise": (
            "Файл записан в UTF-8, а не в {encoding}.",
            "Уберите --encoding.",
        ),
        "files.nul_character": (
            "В строке {line} нулевой символ: это не текст или файл поврежден.",
            "Сохраните таблицу заново как CSV в UTF-8.",
        ),
        "files.other_delimiter": (
            "Столбцы разделены знаком «{found}», а не «{delimiter}».",
            "Добавьте --delimiter '{found}' или сохраните файл с запятыми.",
        ),
        "files.column_missing": ("Такого столбца в файле нет.", "Добавьте его."),
        "files.column_unknown": ("Лишний столбец.", "Бывают: {known}."),
        "files.column_repeated": ("Столбец назван дважды.", "Оставьте один."),
        "files.fields_miscounted": (
            "Полей {found}, а столбцов {expected}.",
            "Поле, в котором есть разделитель, возьмите в кавычки.",
        ),
        "files.quotes_unbalanced": (
            "Кавычка не закрыта или стоит посреди поля.",
            "Возьмите поле в кавычки, а кавычки внутри него удвойте.",
        ),
        "files.line_repeated": ("О том же уже говорит строка {first}.", "Оставьте одну из них."),
        # Commands
        "cli.failed": (
            "Неожиданная ошибка: {summary}.",
            "Подробности: {traceback}. Приложите этот файл, когда сообщите о ней.",
        ),
        "cli.port_taken": (
            "Порт {port} на {host} уже занят.",
            "Остановите занявшую его программу или укажите другой: --port {other}.",
        ),
        "cli.address_unusable": (
            "Адрес {host} здесь не подходит.",
            "Укажите адрес этой машины, например --host 127.0.0.1.",
        ),
        "cli.host_not_loopback": (
            "Демонстрация показывает все письма и SMS, поэтому не открывается для сети: {host}.",
            "Укажите --host 127.0.0.1 или запустите elkk web.",
        ),
        "cli.folder_not_demo": (
            "В папке {folder} лежит что-то, кроме демонстрации.",
            "Укажите другую: --data.",
        ),
        "cli.folder_unusable": (
            "В папку {folder} нельзя писать.",
            "Проверьте права или укажите другую папку.",
        ),
        "cli.workers_useless": (
            "В SQLite пишет один процесс за раз, другие обработчики расчету не помогут.",
            "Уберите --workers или перейдите на PostgreSQL.",
        ),
        "cli.billing_parts_failed": (
            "Часть расчета не удалась (частей: {parts}), остальные счета выставлены.",
            "Причины — в журнале обработчиков. Запустите расчет еще раз: он продолжится.",
        ),
        "cli.demo_running": (
            "Демонстрация в папке {folder} уже запущена.",
            "Остановите ее или укажите другую папку: --data.",
        ),
        "cli.interface_missing": (
            "Страницы кабинета не установлены.",
            "Установите их: pip install 'elkk[cli]'.",
        ),
        "cli.message_not_sent": (
            "Код для демонстрационного пользователя не пришел.",
            "Начните заново: elkk demo --reset.",
        ),
        # Calculators
        "cli.json_malformed": ("Это не JSON: строка {line}, столбец {column}", ""),
        "cli.json_type_wrong": (
            "Значение не того типа, нужно: {expected}.",
            'Суммы, объемы и ставки пишите строками: "10.50".',
        ),
        "cli.key_unknown": ("Лишний ключ.", "Бывают: {known}."),
        "cli.key_repeated": ("Ключ «{key}» назван дважды.", "Оставьте один."),
        "cli.choice_unknown": ("Такого варианта нет: «{text}».", "Бывают: {choices}."),
        "cli.number_too_small": ("Число не может быть меньше {least}", ""),
        "cli.length_wrong": ("В списке должно быть ровно {length:значение|значения|значений}", ""),
        "cli.base64_malformed": ("Это не Base64", ""),
        "cli.one_expected": ("Нужно ровно одно из: {keys}", ""),
    },
    "en": {
        # In other words
        "shared.form_rejected": ("Some values are not right.", "Correct those listed."),
        "shared.stale_state": (
            "Somebody else has just changed these data.",
            "Repeat the command.",
        ),
        "shared.account_not_found": (
            "The supplier has no such account: “{account}”.",
            "Correct the number, or import the account first: elkk import accounts.",
        ),
        "shared.supplier_not_found": (
            "There is no such supplier: “{supplier}”.",
            "elkk supplier list shows the codes of suppliers.",
        ),
        "metering.meter_removed": (
            "The meter was removed on {removed_on}: from that day on it has a final reading only.",
            "Check date and number; the reading taken at the removal has the source final.",
        ),
        "billing.invoice_not_found": (
            "There is no such bill: “{invoice}”.",
            "elkk bill run tells the numbers of the bills that it issues.",
        ),
        "billing.flat_rate_missing": (
            "The rate of penalties is not given.",
            "Give flat_rate first.",
        ),
        "identity.user_not_found": (
            "There is no such user.",
            "Give the phone, e-mail or identifier of one who has registered.",
        ),
        # Requests
        "support.request_not_found": (
            "There is no such request: “{request}”.",
            "elkk requests list tells the numbers.",
        ),
        "support.request_closed": (
            "The request {number} is closed already.",
            "Only its author can open it again, by a reply in the cabinet.",
        ),
        "support.request_unanswered": (
            "The last word on the request {number} is the household's.",
            "Answer first: elkk requests answer {number}.",
        ),
        "support.attachment_not_found": (
            "The file {attachment} is not in the store.",
            "Check ELKK_FILES_FOLDER, or restore the folder from a copy.",
        ),
        "support.attachments_unavailable": (
            "The folder of attached files cannot be used.",
            "Check ELKK_FILES_FOLDER and its permissions.",
        ),
        # What a supplier publishes
        "content.rejected": (
            "The folder was refused: nothing is published.",
            "Mend the faults listed and import the whole folder again.",
        ),
        "content.extra_file": ("There is no such file here.", "There may be: {known}."),
        "content.russian_missing": (
            "There is a translation, but no Russian text.",
            "Add {file}.",
        ),
        "content.not_utf8": ("The file is not UTF-8.", "Save it as UTF-8."),
        "content.title_missing": (
            "The category has no title.",
            "Begin the file with the line “# Title of the category”.",
        ),
        "content.question_missing": (
            "A question is needed here.",
            "Begin it with the line “## Question?” and write the answer below.",
        ),
        "content.answer_missing": ("The question has no answer.", "Write it below the question."),
        "content.markup_forbidden": (
            "Such markup is not shown: {markup}.",
            "Paragraphs, lists, emphasis and links are; # and ## are for category and question.",
        ),
        "content.questions_miscounted": (
            "There are {found} questions, and {expected} in the Russian file.",
            "Translate all of them, in their order.",
        ),
        "content.yaml_malformed": ("This is no YAML: {problem}.", "Check indents and quotes."),
        "content.yaml_shape_wrong": ("Something else should stand here: {expected}", ""),
        "content.key_not_known": (
            "The key “{key}” means nothing here, or is there twice.",
            "There may be: {known}.",
        ),
        "content.key_missing": ("The key {key} is missing", ""),
        "content.code_repeated": ("This code is on line {first} already", ""),
        # Messages and their queue
        "messaging.unknown_message": ("There are no words for a message of kind {kind}", ""),
        "durable.worker_name_taken": (
            "A worker named {name} is running already.",
            "Stop it, or give this one another name.",
        ),
        "durable.queue_not_prepared": (
            "The database is not ready for the queue of messages.",
            "Run elkk db upgrade.",
        ),
        # Settings and the database
        "settings.wrong": (
            "The environment variable {name} is missing or cannot be understood.",
            "It takes {expected}.",
        ),
        "database.absent": ("There is no database at {location}.", "Make one: elkk db upgrade."),
        "database.unreachable": (
            "The database at {location} does not answer.",
            "Check that it runs and that ELKK_DATABASE_URL is right.",
        ),
        "database.locked": (
            "Another process holds the database.",
            "Please try again a little later.",
        ),
        "database.schema_outdated": (
            "The database has an older schema, {found}; {expected} is needed.",
            "Bring it up to date: elkk db upgrade.",
        ),
        "database.schema_unknown": (
            "The database has a schema ({found}) of a newer version of elkk.",
            "Install the version that made it.",
        ),
        # Files
        "files.rejected": (
            "The file was refused: not a single row was recorded.",
            "Correct the faults listed and import the whole file again.",
        ),
        "files.empty": (
            "The file is empty.",
            "The first line must name the columns; --help lists them.",
        ),
        "files.encoding_unknown": (
            "There is no such encoding: “{encoding}”.",
            "Common names are utf-8, windows-1251 and cp866.",
        ),
        "files.not_in_encoding": (
            "Not {encoding}: byte {byte}, line {line}.",
            "Looks like {likely}: add --encoding {likely}, or save the file as UTF-8.",
        ),
        "files.encoded_otherwise": (
            "The file is UTF-8 and not {encoding}.",
            "Leave out --encoding.",
        ),
        "files.nul_character": (
            "A NUL character on line {line}: not a text, or a damaged one.",
            "Save the table anew as CSV in UTF-8.",
        ),
        "files.other_delimiter": (
            "The columns are separated by “{found}” and not by “{delimiter}”.",
            "Add --delimiter '{found}', or save the file with commas.",
        ),
        "files.column_missing": ("The file lacks this column.", "Add it."),
        "files.column_unknown": ("There is no such column.", "There are: {known}."),
        "files.column_repeated": ("The column is named twice.", "Keep one of them."),
        "files.fields_miscounted": (
            "{found} fields for {expected} columns.",
            "Put a field that holds the delimiter in quotation marks.",
        ),
        "files.quotes_unbalanced": (
            "A quotation mark is not closed, or stands inside a field.",
            "Put the field in quotation marks, and double those inside it.",
        ),
        "files.line_repeated": ("Line {first} speaks of the same.", "Keep one of them."),
        # Commands
        "cli.failed": (
            "Unexpected error: {summary}.",
            "Details are in {traceback}. Send that file along when you report it.",
        ),
        "cli.port_taken": (
            "Port {port} on {host} is taken.",
            "Stop the program that has it, or give another one: --port {other}.",
        ),
        "cli.address_unusable": (
            "The address {host} cannot be used here.",
            "Give an address of this machine, such as --host 127.0.0.1.",
        ),
        "cli.host_not_loopback": (
            "The demo shows every letter and SMS, so it is not opened to a network: {host}.",
            "Give --host 127.0.0.1, or run elkk web.",
        ),
        "cli.folder_not_demo": (
            "The folder {folder} holds something else than a demo.",
            "Give another one: --data.",
        ),
        "cli.folder_unusable": (
            "The folder {folder} cannot be written to.",
            "Check the permissions, or give another one.",
        ),
        "cli.workers_useless": (
            "On SQLite one process writes at a time, so other workers are of no use to a run.",
            "Leave out --workers, or move to PostgreSQL.",
        ),
        "cli.billing_parts_failed": (
            "A part of the run failed (parts: {parts}); the other bills are issued.",
            "The logs of the workers tell why. Run it again: it goes on.",
        ),
        "cli.demo_running": (
            "The demo in {folder} is running already.",
            "Stop it, or give another folder: --data.",
        ),
        "cli.interface_missing": (
            "The pages of the cabinet are not installed.",
            "Install them: pip install 'elkk[cli]'.",
        ),
        "cli.message_not_sent": (
            "The code for the demo's user did not arrive.",
            "Start anew: elkk demo --reset.",
        ),
        # Calculators
        "cli.json_malformed": ("Not JSON: line {line}, column {column}", ""),
        "cli.json_type_wrong": (
            "A value of the wrong type, this is expected: {expected}.",
            'Write amounts, quantities and rates as strings: "10.50".',
        ),
        "cli.key_unknown": ("There is no such key.", "There are: {known}."),
        "cli.key_repeated": ("The key “{key}” is named twice.", "Keep one of them."),
        "cli.choice_unknown": ("There is no such choice: “{text}”.", "There are: {choices}."),
        "cli.number_too_small": ("The number cannot be below {least}", ""),
        "cli.length_wrong": ("The array must hold exactly {length:value|values}", ""),
        "cli.base64_malformed": ("Not Base64", ""),
        "cli.one_expected": ("Exactly one of these is needed: {keys}", ""),
    },
}
"""By language and code, before what the catalogue says to everybody."""
