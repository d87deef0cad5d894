"""Rounds with a panel, and the sheets of its members filled as a person would."""

import openpyxl

FIRST_ROW = 6
ROUND = {
    "tender.yaml": "id: T-1\ntitle: {en: Guards, zh-Hans: 保安服务}\n",
    "criteria/method.yaml": """
        panel: {comment: extremes}
        rounds:
          - {id: papers, criteria: [papers], advance: {at_most: 2}}
          - {id: visits, title: {en: Visits, zh-Hans: 考察}, criteria: [visit, talk]}
        """,
    "criteria/papers.yaml": """
        id: papers
        weight: 100
        criteria: [{id: years, weight: 100, fact: years, score: {method: points, out_of: 10}}]
        """,
    "criteria/visit.yaml": """
        id: visit
        title: {en: Site visit, zh-Hans: 实地考察}
        weight: 60
        criteria:
          - id: premises
            title: Premises
            weight: 50
            guidance: "Doors, alarms: who watches them?"
            score: {method: panel, scale: [0, 5], step: 1}
            rubric: {0: Nobody watches, 3: By day, 5: {en: Day and night, zh-Hans: 全天}}
          - {id: team, weight: 50, score: {method: panel, scale: [0, 5], step: 0.5}}
        """,
    "criteria/talk.yaml": """
        id: talk
        weight: 40
        criteria:
          - {id: answers, title: Answers, weight: 100, score: {method: panel, scale: [0, 100]}}
        """,
    "panel.yaml": """
        evaluators:
          - {id: li, name: Li Wei, interests: [{vendor: bolt, reason: Her brother works there}]}
          - {id: wang, name: 王芳, language: zh-Hans}
          - {id: osei, groups: [talk]}
        """,
    "bids/acme.yaml": "vendor: {id: acme, name: Acme Guards}\nyears: 9\nprice: 123456\n",
    "bids/bolt.yaml": "vendor: {id: bolt, name: Bolt & Sons}\nyears: 8\nprice: 234567\n",
    "bids/cog.yaml": "vendor: {id: cog, name: Cog}\nyears: 2\nprice: 345678\n",
}


def worksheets(book):
    """The worksheets that people see."""
    return [sheet for sheet in book if sheet.sheet_state == "visible"]


def lines(path):
    """Each line of a sheet as vendor, criterion, meaning, score, comment."""
    book = openpyxl.load_workbook(path)
    return [
        [cell.value for cell in row[:5]]
        for sheet in worksheets(book)
        for row in sheet.iter_rows(min_row=FIRST_ROW)
    ]


def fill(path, marks, target=None):
    """Type marks into a sheet: by line from 0, a score or a score and its comment."""
    book = openpyxl.load_workbook(path)
    (sheet,) = worksheets(book)
    for number, mark in marks.items():
        score, comment = mark if isinstance(mark, tuple) else (mark, None)
        sheet.cell(FIRST_ROW + number, 4).value = score
        if comment is not None:
            sheet.cell(FIRST_ROW + number, 5).value = comment
    book.save(target or path)


def change(path, cell, value):
    """Change any cell, as somebody does who has lifted the protection."""
    book = openpyxl.load_workbook(path)
    worksheets(book)[0][cell] = value
    book.save(path)


def damage(path):
    """Change what stands behind the sheet, where people do not see it."""
    book = openpyxl.load_workbook(path)
    for row in book["_tenderscore"].iter_rows():
        if row[0].value == "block":
            row[5].value = "77"
    book.save(path)
